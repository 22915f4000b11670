import type { Parser } from "../protocol/parse.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { Environment } from "./Environment.js";
import type { Link } from "./Link.js";
import { LinkDownError } from "./LinkDownError.js";
import { pause } from "./waiting.js";

const deadlineMs = 60_000;
const retryMs = 250;
const retryMostMs = 5_000;

/** Carries requests out over lost connections and refusals that say "again", for as long as they are wanted, 60 s at most. */
export class Requests {
  constructor(
    private readonly link: Link,
    private readonly environment: Environment,
  ) {}

  /** Sends when live, again with the same body after each lost connection, so that a command id gives it one effect. */
  send<T>(method: string, body: object, parse: Parser<T>, wanted: AbortSignal = this.link.closed): Promise<T> {
    return this.attempt(() => this.link.invoke(method, body, parse), wanted);
  }

  /**
   * Runs an action when live, again after each lost connection and each retryable refusal, until it succeeds, is refused for good, is no longer wanted, or
   * 60 s have passed. Not wanted is not undone: an action under way is awaited, and its outcome answered.
   */
  async attempt<T>(action: () => Promise<T>, wanted: AbortSignal): Promise<T> {
    const untilMs = this.environment.nowMs() + deadlineMs;
    for (let refusals = 0; ; ) {
      await this.link.whenLive(untilMs - this.environment.nowMs(), wanted);
      try {
        return await action();
      } catch (error) {
        if (error instanceof LinkDownError) continue;
        const waitMs = await this.retryAfter(error, refusals++);
        wanted.throwIfAborted();
        if (waitMs === null || this.environment.nowMs() + waitMs >= untilMs) throw error;
        await pause(this.environment, waitMs, wanted);
      }
    }
  }

  /** How long to wait before the same request is sent again; null if it is not to be. */
  private async retryAfter(error: unknown, refusals: number): Promise<number | null> {
    if (!(error instanceof RefusalError)) return null;
    if (error.retryable) return error.retryAfterMs ?? retryMs;
    if (error.code !== "TOKEN_EXPIRED") return null;
    await this.link.authenticate().catch(() => undefined);
    return Math.min(retryMs * 2 ** refusals, retryMostMs);
  }
}
