import type { Permission, Role } from "../people/permissions";

/** What is the owner's in every room. */
type Owners = "allowShadowMute" | "setLifetime" | "setPermissions";

export type Settable = Exclude<Permission, Owners>;

/** Down to which role a room may give each permission, in parts as people look for them; docs/protocol.md, "Roles". */
export const floors = {
  songs: { addSongs: "listener", vote: "listener", voteSkip: "listener", skipSongs: "listener", controlPlayback: "listener", removeSongs: "dj", pinSongs: "dj", manageQueue: "dj", lockQueue: "dj" },
  chat: { chat: "listener", postLinks: "listener", react: "listener", ignoreSlowMode: "listener", mentionEveryone: "dj", deleteMessages: "dj", setSlowMode: "moderator", lockChat: "moderator" },
  people: {
    createInvites: "listener", muteMembers: "dj", timeOutMembers: "dj", banFromQueue: "dj", kickMembers: "moderator", banMembers: "moderator", shadowMute: "moderator", seeRecords: "moderator", lockJoin: "moderator",
    nameHost: "moderator", grantRoles: "moderator", setSuccession: "coHost",
  },
  room: { rename: "moderator", describe: "moderator", setCapacity: "moderator", setVisibility: "coHost", setPassword: "coHost", closeRoom: "coHost", reopenRoom: "coHost" },
} as const satisfies Record<string, Partial<Record<Settable, Role>>>;
