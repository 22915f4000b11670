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
  publisherKind?: "room" | "server" | "anonymous";
  /** Null: its publisher did not say. */
  event: string | null;
  /** JSON, unless `encoding` says what the string is: see `textOf` and `bytesOf`. */
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

/** Which page of a channel's history: of what lies within all bounds that are given, the newest, or the oldest. */
export interface HistoryOptions {
  /** Offsets below this one. */
  before?: number;
  /** Offsets above this one. */
  after?: number;
  /** Not before this time, in Unix milliseconds of the server's clock. */
  fromMs?: number;
  /** Before this time. */
  toMs?: number;
  /** `backward` unless said: the newest first, though a page is in the order of publication either way. */
  direction?: "backward" | "forward";
  /** How many at most: 100 unless said, up to 1,000. */
  max?: number;
  /** Publications of these events only, up to 16. A page then has fewer, or none, and the next one still more. */
  events?: readonly string[];
}

/** A part of a channel's history, as later publications have left it. */
export interface HistoryPage {
  publications: Publication[];
  /** How far the channel had come: nothing above it is here, and everything above it is live. */
  position: Position;
  /** `before` of the next page, or `after` where the direction is `forward`; null: there is none. */
  next: number | null;
  /** False: something of the page is no longer kept. */
  isComplete: boolean;
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

/** How many are there: in the channel's presence by connection and by user, and attached. */
export interface Occupancy {
  channel: string;
  connections: number;
  users: number;
  subscribers: number;
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

/** What `request("GetPresence", { channel, connections: true, after? })` answers: a page of connections, `members` being empty. */
export interface PresenceConnectionsView extends PresenceView {
  /** Unless `isContinued`, only the count is told in events; `next` is the next page's `after`. */
  connections: { connections: PresenceConnection[]; next: string | null; total: number; isContinued: boolean };
}

/** A connection that is here. */
export interface PresenceConnection {
  userId: string;
  connectionId: string;
  info: MemberInfo;
  displayName: string | null;
  enteredAtMs: number;
  /** Another with each change of what it shows. */
  number: number;
}
