/** A place in a channel. Offsets count publications from 1 without a gap; positions of two epochs cannot be compared. */
export interface Position {
  epoch: string;
  offset: number;
}

/** One numbered message of a channel. */
export interface Publication<T = unknown> {
  offset: number;
  id: string;
  timeMs: number;
  /** A user's id, unless `publisherKind` says whose name it is; null: the channel itself. */
  publisher: string | null;
  publisherKind?: "room" | "server";
  /** Null: its publisher did not say. */
  event: string | null;
  /** JSON, unless `encoding` says what the string is. */
  data: T;
  encoding?: "text" | "base64";
  key: string | null;
  headers?: Record<string, string>;
  extras?: Record<string, unknown>;
}

/** The answer to `Publish`: where the publication is in its channel. */
export interface Published {
  position: Position;
  timeMs: number;
}

/** `ordered`: every offset, in order. `conflated`: the newest per key, offsets may skip. */
export type DeliveryClass = "ordered" | "conflated";

/** `live`: nothing was asked for. `recovered`: all of the gap is here. `lost`: take a snapshot. */
export type Verdict = "live" | "recovered" | "lost";

/** What the server sends when a channel has something new. */
export interface Frame {
  channel: string;
  epoch: string;
  class: DeliveryClass;
  previousOffset: number;
  headOffset: number;
  publications: Publication[];
}

/** The answer to a subscription: a consistent reading of the channel, and what was missed. */
export interface Recovery {
  channel: string;
  position: Position;
  verdict: Verdict;
  class: DeliveryClass;
  lostFrom: number | null;
  lostTo: number | null;
  publications: Publication[];
}

/** The server could not keep a live subscription whole. */
export interface Lost {
  channel: string;
  position: Position;
  lostFrom: number | null;
  lostTo: number | null;
}

/** The server has ended a subscription. */
export interface Detached {
  channel: string;
  code: string;
}

/** The connection is about to be closed. */
export interface Closing {
  code: string;
  reconnectAfterMs: number | null;
}

/** What a member says of themselves: up to 1 KiB of JSON of any shape, which nobody has checked. Parse it before use; take names from `displayName`. */
export type MemberInfo = unknown;

/** A user who is here, with any number of connections. */
export interface PresenceMember {
  userId: string;
  /** The name in the user's token. Two members may have the same: `userId` tells them apart. */
  displayName: string | null;
  info: MemberInfo;
  joinedAtMs: number;
  isHost: boolean;
}

/** Who is in a channel at a position. */
export interface PresenceView {
  total: number;
  members: PresenceMember[];
  isComplete: boolean;
  activeLastMinute: number;
  position: Position;
  version: number;
}

/**
 * Who came, went or changed; above the channel's detailed limit the lists are empty and `summary` stands for them. With `isComplete` `joined` is everybody, and
 * replaces what was known: the channel has come back below that limit.
 */
export interface PresenceChanged {
  joined: PresenceMember[];
  left: string[];
  updated: PresenceMember[];
  total: number;
  isComplete: boolean;
  summary: { sample: PresenceMember[]; activeLastMinute: number } | null;
}
