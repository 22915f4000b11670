import type { Follower } from "../channels/Follower.js";
import type { Parser } from "../protocol/parse.js";
import type { Identity } from "../protocol/rooms.js";
import type { Requests } from "./Requests.js";

/** Whoever follows something over all connections. */
export interface Followed {
  /** Null while there is nothing to follow. */
  readonly follower: Follower | null;
  /** Called on each new connection before anything that waits is sent. Throws what makes this connection useless. */
  restore(): Promise<void>;
  /** The server has ended a channel, somebody's: whoever follows it asks for it again, and is told why not in the usual way. */
  detached(channel: string): Promise<void>;
  /** As `Ground.inside`. */
  inside?(channel: string): Promise<void> | null;
}

/** What channels and rooms stand on: one connection after the other, as if it were one. */
export interface Ground {
  readonly requests: Requests;
  /** Aborted when there will be no connection any more. */
  readonly closed: AbortSignal;
  readonly identity: Identity | null;
  /** Sends once on the current connection, live or not yet. */
  invoke<T>(method: string, body: object, parse: Parser<T>): Promise<T>;
  newId(): string;
  /** Waits before what was refused is tried again: longer each time, up to 10 s. Rejects with the signal's reason. */
  backOff(refusals: number, signal: AbortSignal): Promise<void>;
  /**
   * Where a channel is beneath a room that this client wants to be in: what resolves once it is there, or wants that no more; null otherwise. The server has nothing for those who are outside, and
   * a room may be joined long after a connection was made.
   */
  inside(channel: string): Promise<void> | null;
  /** Gives the current connection up: nothing can be followed on it. */
  drop(): void;
  /** Tells the app of what failed though it did not ask. */
  failed(error: unknown): void;
  /** Lets somebody hear the channels it follows, and restore them. */
  add(followed: Followed): void;
  remove(followed: Followed): void;
}
