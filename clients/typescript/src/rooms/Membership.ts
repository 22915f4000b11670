import type { Follower } from "../channels/Follower.js";
import { left, UnansweredError } from "../connection/clientRefusals.js";
import { deferred, type Deferred } from "../connection/deferred.js";
import type { Followed, Ground } from "../connection/Ground.js";
import { LinkDownError } from "../connection/LinkDownError.js";
import { whenAborted } from "../connection/waiting.js";
import { goneCodes, RefusalError } from "../protocol/RefusalError.js";
import { nothing } from "../protocol/results.js";
import type { RoomSession } from "./RoomSession.js";
import type { RoomState } from "./RoomState.js";

/** A wish to be in a room, from `join` to `leave`. */
interface Stay {
  readonly session: RoomSession;
  /** Aborted when the wish is over, with the reason. */
  readonly over: AbortController;
  /** Resolved once the room is joined on the connection there is, or no longer wanted. */
  inside: Deferred<void>;
}

/** On these a room cannot be joined again, also those of a server that bans or closes, or wants another password or invite; on any other the session goes on trying. */
const finalCodes = RegExp(["^FORBIDDEN|PASSWORD|INVITE", ...goneCodes].join("|"));

/** With these who wants to be out is out. */
const outCodes = ["NOT_MEMBER", "LEFT", ...goneCodes];

/** Which room this client wants to be in: one or none. What the server is asked follows the wish; nothing that outlives it has an effect. */
export class Membership implements Followed {
  private stay: Stay | null = null;
  /** Aborted when the room is no longer to be joined again on this connection. */
  private rejoining: AbortController | null = null;
  private readonly leaving = new Map<string, AbortController>();

  constructor(
    private readonly ground: Ground,
    private readonly onLost: (reason: RefusalError) => void,
  ) {
    ground.add(this);
    whenAborted(ground.closed, () => this.giveUp());
  }

  /** The session of the room that is wanted; it has a state once joined. */
  get session(): RoomSession | null {
    return this.stay?.session ?? null;
  }

  get follower(): Follower | null {
    return this.session?.follower ?? null;
  }

  /** Aborted when the room is no longer wanted. */
  get wanted(): AbortSignal | null {
    return this.stay?.over.signal ?? null;
  }

  /** Joins, and leaves another room; whether that succeeds is of no matter here. */
  async join(session: RoomSession): Promise<RoomState> {
    this.ground.closed.throwIfAborted();
    const former = this.end(left());
    if (former && former.roomId !== session.roomId) void this.sendLeave(former.roomId).catch(() => undefined);
    this.leaving.get(session.roomId)?.abort(left());
    const stay: Stay = (this.stay = { session, over: new AbortController(), inside: deferred() });
    whenAborted(stay.over.signal, () => stay.inside.resolve());
    try {
      await this.ground.requests.attempt(() => this.enter(stay), stay.over.signal);
    } catch (error) {
      this.onJoinFailed(stay, error);
      throw error;
    }
    if (!stay.over.signal.aborted) return session.state!;
    this.undo(session.roomId);
    throw stay.over.signal.reason;
  }

  /** Leaves on purpose. Whoever is not in the room has left it. */
  async leave(): Promise<void> {
    this.ground.closed.throwIfAborted();
    const former = this.end(left());
    if (former) await this.sendLeave(former.roomId);
  }

  /** Joins again on a new connection. A room that refuses does not keep the rest from being live: it is tried again meanwhile, unless it is lost. */
  async restore(): Promise<void> {
    this.rejoining?.abort(left());
    const stay = this.stay;
    if (!stay?.session.state) return;
    if (stay.inside.isDone) stay.inside = deferred();
    try {
      await this.enter(stay);
    } catch (error) {
      if (error instanceof LinkDownError || error instanceof UnansweredError) throw error;
      if (this.stay === stay && !this.tryLose(stay, error)) void this.joinLater(stay, error);
    }
  }

  async detached(channel: string): Promise<void> {
    if (this.follower && Object.hasOwn(this.follower.positions, channel)) await this.restore();
  }

  inside(channel: string): Promise<void> | null {
    return this.stay && `${channel}:`.startsWith(`room:${this.stay.session.roomId}:`) ? this.stay.inside.promise : null;
  }

  private async enter({ session, inside }: Stay): Promise<void> {
    await session.join();
    inside.resolve();
  }

  /** Tries until the room is joined, left or lost, or another connection begins anew. */
  private async joinLater(stay: Stay, refusal: unknown): Promise<void> {
    const { signal } = (this.rejoining = new AbortController());
    this.ground.failed(refusal);
    for (let refusals = 0; ; refusals++) {
      try {
        await this.ground.backOff(refusals, signal);
        await this.ground.requests.attempt(() => this.enter(stay), signal);
        return;
      } catch (error) {
        if (signal.aborted || this.tryLose(stay, error)) return;
        this.ground.failed(error);
      }
    }
  }

  /** Ends the stay where the refusal is for good. */
  private tryLose(stay: Stay, error: unknown): boolean {
    if (!(error instanceof RefusalError) || !finalCodes.test(error.code)) return false;
    if (this.stay === stay) {
      this.end(error);
      this.onLost(error);
    }
    return true;
  }

  /** Nothing under way is wanted any more; the room's last state stays readable. */
  private giveUp(): void {
    this.stay?.over.abort(this.ground.closed.reason);
    this.rejoining?.abort(this.ground.closed.reason);
    for (const leaving of this.leaving.values()) leaving.abort(this.ground.closed.reason);
  }

  private end(reason: RefusalError): RoomSession | null {
    const session = this.session;
    this.stay?.over.abort(reason);
    this.rejoining?.abort(reason);
    this.stay = null;
    return session;
  }

  private onJoinFailed(stay: Stay, error: unknown): void {
    if (this.stay === stay) this.stay = null;
    stay.inside.resolve();
    // The outcome is unknown, and nobody wants it any more.
    if (error instanceof RefusalError && error.code === "TIMEOUT") this.undo(stay.session.roomId);
  }

  private undo(roomId: string): void {
    if (this.session?.roomId !== roomId && !this.ground.closed.aborted) void this.sendLeave(roomId).catch(() => undefined);
  }

  private async sendLeave(roomId: string): Promise<void> {
    this.leaving.get(roomId)?.abort(left());
    const wanted = new AbortController();
    this.leaving.set(roomId, wanted);
    try {
      await this.ground.requests.send("LeaveRoom", { roomId, commandId: this.ground.newId() }, nothing, wanted.signal);
    } catch (error) {
      if (!(error instanceof RefusalError && outCodes.includes(error.code))) throw error;
    } finally {
      if (this.leaving.get(roomId) === wanted) this.leaving.delete(roomId);
    }
  }
}
