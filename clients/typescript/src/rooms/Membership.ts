import { left } from "../connection/clientRefusals.js";
import type { Requests } from "../connection/Requests.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { RoomSession } from "./RoomSession.js";
import type { RoomState } from "./RoomState.js";

/** A wish to be in a room, from `join` to `leave`. */
interface Stay {
  readonly session: RoomSession;
  /** Aborted when the wish is over, with the reason. */
  readonly over: AbortController;
}

/** On these a room cannot be joined again, also those of a server that bans or closes; on any other the session goes on trying. */
const finalCodes = new Set(["ROOM_NOT_FOUND", "ROOM_CLOSED", "FORBIDDEN", "BANNED", "KICKED"]);

/** With these who wants to be out is out. */
const outCodes = new Set(["NOT_MEMBER", "ROOM_NOT_FOUND", "ROOM_CLOSED", "BANNED", "KICKED"]);

/** Which room this client wants to be in: one or none. What the server is asked follows the wish; nothing that outlives it has an effect. */
export class Membership {
  private stay: Stay | null = null;
  private readonly leaving = new Map<string, AbortController>();

  constructor(
    private readonly requests: Requests,
    private readonly newId: () => string,
    private readonly closed: AbortSignal,
    private readonly onLost: (reason: RefusalError) => void,
  ) {
    closed.addEventListener("abort", () => this.giveUp(), { once: true });
  }

  /** The session of the room that is wanted; it has a state once joined. */
  get session(): RoomSession | null {
    return this.stay?.session ?? null;
  }

  /** Aborted when the room is no longer wanted. */
  get wanted(): AbortSignal | null {
    return this.stay?.over.signal ?? null;
  }

  /** Joins, and leaves another room; whether that succeeds is of no matter here. */
  async join(session: RoomSession): Promise<RoomState> {
    this.closed.throwIfAborted();
    const former = this.end(left());
    if (former && former.roomId !== session.roomId) void this.sendLeave(former.roomId).catch(() => undefined);
    this.leaving.get(session.roomId)?.abort(left());
    const stay = (this.stay = { session, over: new AbortController() });
    try {
      await this.requests.attempt(() => session.join(), stay.over.signal);
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
    this.closed.throwIfAborted();
    const former = this.end(left());
    if (former) await this.sendLeave(former.roomId);
  }

  /** Joins again on a new connection. Throws what may pass; what says that the room is lost ends the stay. */
  async restore(): Promise<void> {
    const stay = this.stay;
    if (!stay?.session.state) return;
    try {
      await stay.session.join();
    } catch (error) {
      if (!(error instanceof RefusalError) || !finalCodes.has(error.code)) throw error;
      if (this.stay !== stay) return;
      this.end(error);
      this.onLost(error);
    }
  }

  /** Nothing under way is wanted any more; the room's last state stays readable. */
  private giveUp(): void {
    this.stay?.over.abort(this.closed.reason);
    for (const leaving of this.leaving.values()) leaving.abort(this.closed.reason);
  }

  private end(reason: RefusalError): RoomSession | null {
    const session = this.session;
    this.stay?.over.abort(reason);
    this.stay = null;
    return session;
  }

  private onJoinFailed(stay: Stay, error: unknown): void {
    if (this.stay === stay) this.stay = null;
    // The outcome is unknown, and nobody wants it any more.
    if (error instanceof RefusalError && error.code === "TIMEOUT") this.undo(stay.session.roomId);
  }

  private undo(roomId: string): void {
    if (this.session?.roomId !== roomId && !this.closed.aborted) void this.sendLeave(roomId).catch(() => undefined);
  }

  private async sendLeave(roomId: string): Promise<void> {
    this.leaving.get(roomId)?.abort(left());
    const wanted = new AbortController();
    this.leaving.set(roomId, wanted);
    try {
      await this.requests.send("LeaveRoom", { roomId, commandId: this.newId() }, wanted.signal);
    } catch (error) {
      const isOut = error instanceof RefusalError && (outCodes.has(error.code) || error.code === "LEFT");
      if (!isOut) throw error;
    } finally {
      if (this.leaving.get(roomId) === wanted) this.leaving.delete(roomId);
    }
  }
}
