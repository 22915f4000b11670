import type { RoomState } from "@whatssound/client";

/** The roles of a room, each above the next. */
export const ladder = ["listener", "dj", "moderator", "coHost", "owner"] as const;
export type Role = (typeof ladder)[number];

/** What each thing takes where a room says nothing else; docs/protocol.md, "Roles". */
const takes = {
  addSongs: "listener",
  vote: "listener",
  voteSkip: "listener",
  chat: "listener",
  postLinks: "listener",
  react: "listener",
  skipSongs: "moderator",
  removeSongs: "moderator",
  pinSongs: "moderator",
  manageQueue: "moderator",
  controlPlayback: "coHost",
  nameHost: "coHost",
  grantRoles: "coHost",
  muteMembers: "moderator",
  timeOutMembers: "moderator",
  banFromQueue: "moderator",
  kickMembers: "moderator",
  banMembers: "moderator",
  seeRecords: "moderator",
  deleteMessages: "moderator",
  mentionEveryone: "moderator",
  ignoreSlowMode: "moderator",
  shadowMute: "coHost",
  setSlowMode: "moderator",
  lockChat: "moderator",
  lockJoin: "moderator",
  lockQueue: "moderator",
  createInvites: "moderator",
  rename: "coHost",
  describe: "coHost",
  setCapacity: "coHost",
  setVisibility: "owner",
  setPassword: "owner",
  closeRoom: "owner",
  reopenRoom: "owner",
  allowShadowMute: "owner",
  setLifetime: "owner",
  setSuccession: "owner",
  setPermissions: "owner",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof takes;

export const permissions = Object.keys(takes) as Permission[];

/** What the host has besides their role. */
const hosts: ReadonlySet<Permission> = new Set<Permission>(["skipSongs", "removeSongs", "pinSongs", "manageQueue", "controlPlayback", "nameHost", "mentionEveryone"]);

export const rankOf = (role: string): number => Math.max(0, ladder.indexOf(role as Role));

export function roleOf(room: RoomState, userId: string): Role {
  if (userId === room.ownerUserId) return "owner";
  const role = room.roles?.holders?.find((holder) => holder.userId === userId)?.role;
  return ladder.find((known) => known === role) ?? "listener";
}

/** The least role that has a permission where a room says nothing else. */
export const usualFor = (permission: Permission): Role => takes[permission];

/** Whether the host has it, whatever their role. */
export const isHosts = (permission: Permission): boolean => hosts.has(permission);

/** The least role that has a permission in a room. */
export function leastFor(room: RoomState, permission: Permission): Role {
  const own = room.roles?.permissions?.[permission];
  return ladder.find((known) => known === own) ?? takes[permission];
}

export function mayIn(room: RoomState, userId: string, permission: Permission): boolean {
  if (hosts.has(permission) && room.hostUserId === userId) return true;
  return rankOf(roleOf(room, userId)) >= rankOf(leastFor(room, permission));
}

/** Whether somebody stands above another: nobody acts on an equal, a superior or themselves. */
export function standsAbove(room: RoomState, userId: string, other: string): boolean {
  return userId !== other && rankOf(roleOf(room, userId)) > rankOf(roleOf(room, other));
}
