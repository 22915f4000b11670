import type { Refusal } from "./answers.js";
import type { Position, PresenceView, Publication, Recovery, Verdict } from "./channels.js";

/** A song as its adder describes it. `url` is absolute, or a path of the server. */
export interface Track {
  url: string;
  title: string;
  artist?: string | null;
  durationMs: number;
}

/** A queued or current song. `score` is up votes less down votes. */
export interface QueueEntry {
  entryId: string;
  track: Track;
  addedBy: string;
  /** What the adder's token called them then. */
  addedByName: string | null;
  addedAtMs: number;
  score: number;
  /** It is of the fallback playlist, which `addedBy` has set: nobody's own. */
  isFallback?: boolean;
}

/** The visible queue; it replaces what the client had. */
export interface Queue {
  revision: number;
  current: QueueEntry | null;
  window: QueueEntry[];
  total: number;
  reason: string;
  entryId: string | null;
  mode: QueueMode;
  /** What the queue takes; null: nobody has set anything. */
  limits: QueueLimits | null;
}

/** How a queue is ordered. */
export type QueueMode = "fair" | "dj" | "fifo" | "votes";

/** What a queue takes. */
export interface QueueLimits {
  /** Null: as many as the server allows. */
  songsPerUserMax: number | null;
  minutesPerUserMax: number;
  noRepeatMinutes: number;
  isVotingOff: boolean;
  removesVotedDown: boolean;
}

/** A part of the queue; `next` is what to ask for the next page with, null for the last. */
export interface QueuePage {
  entries: QueueEntry[];
  total: number;
  next: string | null;
  /** The queue has another mode than when the cursor was made, so this is the first page. */
  isRestarted: boolean;
}

/** What plays when nothing is queued, by how many tracks it has; `revision` rises with each choice. */
export interface Fallback {
  count: number;
  /** Null: nobody has chosen yet. */
  setByUserId: string | null;
  revision: number;
}

/** What `request("GetFallback", { roomId, from?, max? })` answers. */
export interface FallbackPage {
  tracks: Track[];
  total: number;
  /** The `from` of the next page. */
  next: number | null;
  /** As `Fallback.revision`: pages of another are of another playlist. */
  revision: number;
}

/** Why a song stands where it does; see the protocol. `place` 1 is played next. */
export interface PlaceReason {
  entryId: string;
  place: number;
  total: number;
  mode: QueueMode;
  turn: number;
  roundsAhead: number | null;
  score: number;
  bonusPercent: number | null;
  pinnedBy: string | null;
  isOrderedByHand: boolean;
  before: { entryId: string; addedBy: string; cause: string }[];
}

/** A song that was played. */
export interface HistoryItem {
  entryId: string;
  track: Track;
  addedBy: string;
  /** What the adder's token called them then. */
  addedByName: string | null;
  startedAtMs: number;
  endedAtMs: number;
  endReason: string;
  score: number;
  skipVotes: number;
  /** How many were there when it ended. */
  listeners: number;
  /** The most who were there while it played. */
  peakListeners: number;
  /** How many were there on average. */
  averageListeners: number;
  /** How much of it was played. */
  listenedMs: number;
  /** Half of it was played, or four minutes. */
  isCounted: boolean;
  /** It was of the fallback playlist, which `addedBy` had set: nobody's own. */
  isFallback?: boolean;
}

export type PlaybackStatus = "idle" | "playing" | "paused";

/** Playback, from which everybody computes the position: see `positionAt`. Never apply a lower (epoch, revision). */
export interface PlaybackVector {
  epoch: number;
  revision: number;
  entryId: string | null;
  status: PlaybackStatus;
  anchorPositionMs: number;
  anchorTimeMs: number;
  ratePermille: number;
  durationMs: number;
  /** What is likely to play next, to be loaded ahead. */
  next: LoadHint | null;
}

/** A song to be loaded ahead. */
export interface LoadHint {
  entryId: string;
  url: string;
}

/** Where the host's player says it is. */
export interface HostPosition {
  entryId: string;
  positionMs: number;
  atMs: number;
}

export interface HostChanged {
  hostUserId: string | null;
  reason: string;
}

export interface SkipTally {
  have: number;
  need: number;
}

/** What somebody said; its number is the publication's offset. */
export interface ChatMessage {
  text: string;
  displayName: string | null;
  /** The number of the message that it replies to. */
  replyTo?: number;
  /** User ids. */
  mentions?: string[];
  mentionsEveryone?: boolean;
  /** The parts of the text that are links, in UTF-16 code units; nothing else is to be shown as one. */
  links?: { start: number; length: number }[];
  editedAtMs?: number;
  /** It was taken back: the text is empty. */
  isDeleted?: boolean;
  /** Who took it back, where it was not the author. */
  deletedByUserId?: string;
}

/** What a message is from now on. */
export interface ChatChange {
  offset: number;
  message: ChatMessage;
}

export interface RoomSettings {
  name: string;
  description?: string | null;
  isListed: boolean;
  allowsShadowMute?: boolean;
  tags?: string[];
  isInviteOnly?: boolean;
  isTemporary?: boolean;
  membersMax?: number | null;
  slowModeSeconds?: number;
  hasPassword?: boolean;
  isQueueLocked?: boolean;
  isChatLocked?: boolean;
  isJoinLocked?: boolean;
  waitsForReady?: boolean;
}

/** Who is what in a room. */
export interface RoomRoles {
  holders: { userId: string; role: string }[];
  succession: string[];
  permissions: Record<string, string>;
  /**
   * To whom the owner would give the room; null or missing: to nobody. It counts until `untilMs`, room time; nothing
   * is sent when that has passed, so compare it with the room's clock.
   */
  ownershipOffer?: { toUserId: string; untilMs: number } | null;
}

/** What a user may not do. */
export interface SanctionNotice {
  roomId: string;
  userId: string;
  kind: string;
  revision: number;
  untilMs: number | null;
  isLifted: boolean;
  reason: string | null;
}

export interface RoomListing {
  roomId: string;
  name: string;
  listenerCount: number;
  nowPlaying: string | null;
  updatedAtMs: number;
  /** The words that it can be found by. */
  tags: string[];
  /** Whether it takes a password to come in. */
  hasPassword: boolean;
  createdAtMs: number;
}

export interface RoomListingPage {
  rooms: RoomListing[];
  total: number;
  /** The next page's cursor. */
  next: string | null;
  /** A part of the list did not answer in time: rooms may be missing. */
  isPartial: boolean;
}

/** A room of a user's own, or one that they joined. */
export interface UserRoom {
  roomId: string;
  name: string;
  atMs: number;
  /** Of an own room; `archived`: it closed by itself. */
  status: "open" | "closed" | "archived" | null;
}

/** What `request("GetMyRooms", {})` answers. */
export interface UserRooms {
  owned: UserRoom[];
  ownedMax: number;
  joined: UserRoom[];
}

/** What `request("GetFollows", {})` answers; `Follow` and `Unfollow` take `{ ofUserId }`. */
export interface UserFollows {
  users: { userId: string; atMs: number }[];
  usersMax: number;
}

/** What comes in `user:{id}:notifications`, by its `event`. */
export interface UserNotices {
  songNext: SongNotice;
  songPlaying: SongNotice;
  mention: { roomId: string; offset: number; byUserId: string; displayName: string | null };
  djLive: { roomId: string; roomName: string; userId: string; displayName: string | null; title: string };
}

export interface SongNotice {
  roomId: string;
  roomName: string;
  entryId: string;
  title: string;
  artist: string | null;
}

/** What `request("GetPlays", { roomId, before?, max? })` answers, the newest first. */
export interface RoomPlays {
  plays: { number: number; song: HistoryItem }[];
  next: number | null;
}

/** What `request("GetChat", { roomId, before?, after?, limit? })` answers. */
export interface ChatPage {
  lines: Publication<ChatMessage>[];
  /** The `before`, or `after`, of the next page in the same direction. */
  next: number | null;
  position: Position;
}

/** What `request` answers of `ListSanctions`, `ListReports`, `ListInvites` and `ReadLog`, with `{ roomId, before?, max? }`: the newest first. */
export interface RoomRecords {
  records: RoomRecord[];
  /** The `before` of the next page. */
  next: number | null;
}

export interface RoomRecord {
  number: number;
  atMs: number;
  action: string;
  byUserId: string | null;
  userId: string | null;
  detail: string | null;
  untilMs: number | null;
  /** Of an invite: how many have come by it, and how many may. */
  uses: number | null;
  usesMax: number | null;
}

/** What `request("GetStatistics", { roomId })` answers. */
export interface RoomStatistics {
  plays: number;
  countedPlays: number;
  songs: number;
  skips: number;
  listenedMs: number;
  peakListeners: number;
  sinceMs: number | null;
  djs: { userId: string; name: string | null; plays: number; countedPlays: number }[];
}

/** How a room begins. */
export interface NewRoom {
  name: string;
  description?: string;
  /** False: it is not in the list. */
  isListed?: boolean;
  /** It closes by itself a few minutes after everybody has left. */
  isTemporary?: boolean;
  /** Words that it can be found by. */
  tags?: string[];
}

/** What lets somebody into a room that takes it. */
export interface RoomKey {
  password?: string;
  invite?: string;
}

/** A search of rooms, and where the page before ended. */
export interface RoomQuery {
  max?: number;
  query?: string;
  tags?: string[];
  cursor?: string;
}

/** The answer to a carried-out command. */
export type GrantableRole = "dj" | "moderator" | "coHost" | "owner";

export type SanctionKind = "mute" | "shadowMute" | "timeout" | "queueBan" | "kick" | "ban";

/** Whom it is about, for how long in milliseconds (for ever without), and why. */
export interface SanctionFields {
  ofUserId: string;
  forMs?: number;
  reason?: string;
}

/** The commands of a room that one is in, by their names in the protocol, and their fields. */
export interface RoomCommands {
  Enqueue: { tracks: Track[] };
  RemoveEntry: { entryId: string };
  /** As `vote`, which also knows it in `myVotes`. */
  Vote: { entryId: string; value: -1 | 0 | 1 };
  /** As `voteSkip`, which also knows it as `mySkipVote`. */
  VoteSkip: { entryId: string; isOn: boolean };
  Play: Record<string, never>;
  Pause: Record<string, never>;
  /** In whole milliseconds. */
  Seek: { entryId: string; positionMs: number };
  Skip: { entryId: string };
  TransferHost: { toUserId: string };
  /** With a reply or mentions, or as `sendChat`. */
  SendChat: { text: string; replyTo?: number; mentions?: string[]; mentionsEveryone?: boolean };
  /** One's own, for a quarter of an hour. */
  EditChat: { offset: number; text: string; mentions?: string[] };
  DeleteChat: { offset: number };
  /** Before another song, or to the end. */
  MoveEntry: { entryId: string; beforeEntryId?: string };
  /** Has a song played next. */
  PinEntry: { entryId: string };
  UnpinEntry: { entryId: string };
  /** All songs, or those of one user. */
  ClearQueue: { ofUserId?: string };
  /** All songs, or those of one user. */
  ShuffleQueue: { ofUserId?: string };
  /** What a receipt's `operation` names, within a minute. */
  Undo: { operation: number };
  /** What is left out stays as it is; a `songsPerUserMax` of 0 is as many as the server allows. */
  SetQueueMode: { mode?: QueueMode; songsPerUserMax?: number } & Partial<Omit<QueueLimits, "songsPerUserMax">>;
  /** What plays when nothing is queued; none: silence. */
  SetFallback: { tracks: Track[] };
  /** A song of the queue, whatever comes before it. */
  PlayEntry: { entryId: string };
  /** The current song's speed, 500 to 2000. */
  SetRate: { ratePermille: number };
  GrantRole: { toUserId: string; role: GrantableRole };
  AcceptOwnership: Record<string, never>;
  /** The own role stays. */
  DeclineOwnership: Record<string, never>;
  RevokeRole: { ofUserId: string };
  SetSuccession: { userIds: string[] };
  SetPermission: { permission: string; role?: "listener" | GrantableRole };
  Mute: SanctionFields;
  ShadowMute: SanctionFields;
  Timeout: SanctionFields & { forMs: number };
  QueueBan: SanctionFields;
  Kick: { ofUserId: string; reason?: string };
  Ban: SanctionFields;
  Lift: { ofUserId: string; kind: SanctionKind };
  Report: { ofUserId: string; reason: string; chatOffset?: number };
  UpdateSettings: SettingsChange;
  CreateInvite: { role?: "listener" | GrantableRole; forMs: number; usesMax: number };
  RevokeInvite: { inviteId: string };
  CloseRoom: { reason?: string };
  ReopenRoom: Record<string, never>;
}

/** What a player or a page has to say to its room, by its name in the protocol. */
export interface RoomHints {
  ReportEnded: { entryId: string };
  ReportUnplayable: { entryId: string };
  /** The player has loaded the song that is announced, or the next one. */
  ReportReady: { entryId: string };
  /** The user is here, though they do nothing else; once a minute is enough. */
  ReportActive: Record<string, never>;
  ReportLatency: { oneWayMs: number };
  /** Where the host's player is, in whole milliseconds. */
  ReportHostPosition: { entryId: string; positionMs: number };
  /** To the message `offset`, or to the song that plays. */
  React: { emoji: string; offset?: number };
  /** Counts for 6 s: to be said again while the user writes. */
  SetTyping: { isTyping: boolean };
  /** The number of the last message that the user has read, for all their devices. */
  MarkRead: { offset: number };
}

/** What of a room's settings is to change. */
export interface SettingsChange {
  name?: string;
  description?: string;
  tags?: string[];
  visibility?: "public" | "unlisted" | "inviteOnly";
  /** Empty: none. */
  password?: string;
  /** 0: as many as any room takes. */
  membersMax?: number;
  slowModeSeconds?: number;
  isQueueLocked?: boolean;
  isChatLocked?: boolean;
  isJoinLocked?: boolean;
  allowsShadowMute?: boolean;
  isTemporary?: boolean;
  /** A start waits up to 2 s for most members' players. */
  waitsForReady?: boolean;
}

export interface Receipt {
  revision: number;
  entryIds: string[];
  position: Position | null;
  timeMs: number | null;
  /** Of each track of an `enqueue`, in their order: its entry, or why it was not added. Null for other commands. */
  songs: { entryId: string | null; refusal: Refusal | null }[] | null;
  /** What `undo` takes; null where it cannot be undone. */
  operation: number | null;
  invite: string | null;
}

/** What the asker has said by vote: everywhere the same, on whichever connection it was said. */
export interface OwnVotes {
  /** By entry, -1 or +1. */
  myVotes: Record<string, number>;
  /** Whether the asker has voted to skip the current song. */
  mySkipVote: boolean;
}

/** Everything a late joiner needs, consistent with `positions`. */
export interface Snapshot extends OwnVotes {
  roomId: string;
  revision: number;
  serverTimeMs: number;
  settings: RoomSettings;
  ownerUserId: string;
  hostUserId: string | null;
  myRole: "listener" | "host" | GrantableRole;
  playback: PlaybackVector;
  queue: Queue;
  history: HistoryItem[];
  /** Null from a server that does not say it. */
  fallback: Fallback | null;
  chat: Publication<ChatMessage>[];
  chatHasMore: boolean;
  /** What `GetChat` takes as `before` for what was said before; null: nothing was. */
  chatCursor: number | null;
  presence: PresenceView;
  skip: SkipTally;
  roles: RoomRoles | null;
  myPermissions: string[];
  mySanctions: SanctionNotice[];
  positions: Record<string, Position>;
}

/** The answer to `JoinRoom`. */
export interface Join {
  verdict: Verdict;
  snapshot: Snapshot | null;
  recoveries: Recovery[];
}

/** The answer to `Authenticate`. */
export interface Identity {
  userId: string;
  displayName: string | null;
  expiresAtMs: number;
  connectionId: string;
}

/** The answer to `Time`, in microseconds. */
export interface TimeAnswer {
  t1Us: number;
  t2Us: number;
  t3Us: number;
}
