import type { Parser } from "../protocol/parse.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { Environment } from "./Environment.js";
import type { Link } from "./Link.js";
import { LinkDownError } from "./LinkDownError.js";
import { requestBytes } from "./requestBytes.js";
import { Sequence } from "./Sequence.js";
import { pause } from "./waiting.js";

const deadlineMs = 60_000;
const retryMs = 250;
const retryMostMs = 5_000;

/** What the server could not do now. `RATE_LIMITED` with a detail is about what the app does too often, and for the app to hear of, unless it comes late. */
const againCodes = ["NOT_READY", "TIMEOUT", "RATE_LIMITED"];

/** Carries requests out over lost connections and a server that cannot do them now, for as long as they are wanted, 60 s at most. */
export class Requests {
  constructor(
    private readonly link: Link,
    private readonly environment: Environment,
  ) {}

  /** Sends when live, again with the same body after each lost connection, so that a command id gives it one effect. */
  async send<T>(method: string, body: object, parse: Parser<T>, wanted: AbortSignal = this.link.closed, sequence?: Sequence): Promise<T> {
    // At once, and not only when it is its turn.
    requestBytes(body, this.link.requestBytesMax);
    return this.attempt(() => this.link.invoke(method, body, parse), wanted, sequence);
  }

  /**
   * Runs an action when live, again after each lost connection and while the server cannot do it, until it succeeds, is refused, is no longer wanted, or
   * 60 s have passed. Not wanted is not undone: an action under way is awaited, and its outcome answered.
   * What comes late, since there was no connection, or after something in its sequence that does, is tried again after each refusal that says when.
   */
  attempt<T>(action: () => Promise<T>, wanted: AbortSignal, sequence = new Sequence()): Promise<T> {
    return sequence.run(() => this.insist(action, wanted, sequence));
  }

  private async insist<T>(action: () => Promise<T>, wanted: AbortSignal, sequence: Sequence): Promise<T> {
    const untilMs = this.environment.nowMs() + deadlineMs;
    for (let refusals = 0; ; ) {
      sequence.isLate ||= this.link.state !== "live";
      await this.link.whenLive(untilMs - this.environment.nowMs(), wanted);
      try {
        return await action();
      } catch (error) {
        if (error instanceof LinkDownError) continue;
        const waitMs = await this.retryAfter(error, refusals++, sequence.isLate);
        wanted.throwIfAborted();
        if (waitMs === null || this.environment.nowMs() + waitMs >= untilMs) throw error;
        await pause(this.environment, waitMs, wanted);
      }
    }
  }

  /** How long to wait before the same request is sent again; null if it is not to be. */
  private async retryAfter(error: unknown, refusals: number, isLate: boolean): Promise<number | null> {
    if (!(error instanceof RefusalError)) return null;
    if (againCodes.includes(error.code) && error.detail === null) return error.retryAfterMs ?? retryMs;
    if (isLate && error.retryable) return error.retryAfterMs;
    if (error.code !== "TOKEN_EXPIRED") return null;
    await this.link.authenticate().catch(() => undefined);
    return Math.min(retryMs * 2 ** refusals, retryMostMs);
  }
}
