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
}

/** The visible queue; it replaces what the client had. */
export interface Queue {
  revision: number;
  current: QueueEntry | null;
  window: QueueEntry[];
  total: number;
  reason: string;
  entryId: string | null;
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

export interface ChatMessage {
  text: string;
  displayName: string | null;
}

export interface RoomSettings {
  name: string;
  description?: string | null;
  isListed: boolean;
}

export interface RoomListing {
  roomId: string;
  name: string;
  listenerCount: number;
  nowPlaying: string | null;
  updatedAtMs: number;
}

export interface RoomListingPage {
  rooms: RoomListing[];
  total: number;
}

/** The answer to a carried-out command. */
export interface Receipt {
  revision: number;
  entryIds: string[];
  position: Position | null;
  timeMs: number | null;
}

/** Everything a late joiner needs, consistent with `positions`. */
export interface Snapshot {
  roomId: string;
  revision: number;
  serverTimeMs: number;
  settings: RoomSettings;
  ownerUserId: string;
  hostUserId: string | null;
  myRole: "listener" | "host";
  playback: PlaybackVector;
  queue: Queue;
  myVotes: Record<string, number>;
  /** Whether the asker has voted to skip the current song. */
  mySkipVote: boolean;
  history: HistoryItem[];
  chat: Publication<ChatMessage>[];
  chatHasMore: boolean;
  presence: PresenceView;
  skip: SkipTally;
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
