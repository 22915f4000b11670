import type { Answer } from "../protocol/answers.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { Identity } from "../protocol/rooms.js";
import { backoffMs } from "./backoff.js";
import { failed, stopped, unanswered } from "./clientRefusals.js";
import { deferred, type Deferred } from "./deferred.js";
import type { Environment } from "./Environment.js";
import { LinkDownError } from "./LinkDownError.js";
import type { Transport, TransportEvents, TransportFactory } from "./Transport.js";

/** `connecting` before the first time, `live` once authenticated and recovered, `reconnecting` between, `closed` after `stop`. */
export type LinkState = "connecting" | "live" | "reconnecting" | "closed";

/** What a link tells its owner. */
export interface LinkEvents {
  state(state: LinkState): void;
  frameOrLost(name: "frame" | "lost", content: unknown): void;
  /** Called on each new connection, authenticated, before anything waiting is sent: the place to recover. */
  opened(): Promise<void>;
}

const answerTimeoutMs = 10_000;
const deadlineMs = 60_000;
const retryMs = 250;
const settledMs = 10_000;
const renewBeforeMs = 60_000;

/**
 * Keeps one authenticated connection for as long as it is not stopped: reconnects without end, with jitter, with a fresh token. A request that got no answer
 * is sent again with the same body, so its command id gives it one effect.
 */
export class Link {
  private transport: Transport | null = null;
  private live = deferred<void>();
  private closed = deferred<void>();
  private wakeUp: (() => void) | null = null;
  private closingAfterMs: number | null = null;
  private cancelRenewal: (() => void) | null = null;
  private stopped = false;
  private current: LinkState = "connecting";

  /** Who this client is, since it was first live. */
  identity: Identity | null = null;

  /** Why the last attempt to connect failed, for a status page. */
  lastError: unknown = null;

  constructor(
    private readonly createTransport: TransportFactory,
    private readonly token: () => Promise<string>,
    private readonly environment: Environment,
    private readonly events: LinkEvents,
  ) {}

  get state(): LinkState {
    return this.current;
  }

  /** Starts connecting; resolves when live for the first time. */
  async start(): Promise<void> {
    void this.run();
    await this.live.promise;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.setState("closed");
    this.live.reject(stopped());
    await this.transport?.stop();
  }

  /** Reconnects now rather than at the end of the wait: the network came back, or the page was shown again. */
  wake(): void {
    this.wakeUp?.();
  }

  /** Gives the current connection up, as if it had been closed: it is known not to answer. */
  drop(): void {
    void this.transport?.stop();
    this.closed.resolve();
  }

  /** Sends when live, again after each lost connection, until answered or 60 s have passed. */
  request<T>(method: string, body: object): Promise<T> {
    return this.attempt(() => this.invoke<T>(method, body));
  }

  /** Runs an action when live, again after each lost connection, until it succeeds, is refused, or 60 s have passed. */
  async attempt<T>(action: () => Promise<T>): Promise<T> {
    const until = this.environment.nowMs() + deadlineMs;
    for (;;) {
      await this.whenLive(until);
      try {
        return await action();
      } catch (error) {
        const waitMs = await this.retryAfter(error, until);
        if (waitMs > 0) await this.sleep(waitMs);
      }
    }
  }

  /** Sends once on the current connection, live or not yet. */
  async invoke<T>(method: string, body: object): Promise<T> {
    if (!this.transport) throw new LinkDownError();
    return this.invokeOn<T>(this.transport, method, body);
  }

  private async run(): Promise<void> {
    for (let attempt = 0; !this.stopped; attempt++) {
      const openedMs = await this.serve();
      if (this.stopped) return;
      this.setState(this.current === "connecting" ? "connecting" : "reconnecting");
      if (openedMs >= settledMs) attempt = 0;
      const waitMs = this.closingAfterMs ?? backoffMs(attempt, this.environment.random());
      this.closingAfterMs = null;
      await this.sleep(waitMs, true);
    }
  }

  /** One connection from start to close; how long it was live. */
  private async serve(): Promise<number> {
    const closed = (this.closed = deferred<void>());
    const transport = this.createTransport(this.listen(() => this.closed === closed));
    let liveSince = Infinity;
    try {
      await this.inTime(transport.start());
      this.transport = transport;
      await this.authenticate();
      await this.events.opened();
      liveSince = this.environment.nowMs();
      if (this.stopped) return 0;
      this.setState("live");
      this.live.resolve();
      await closed.promise;
    } catch (error) {
      if (!(error instanceof LinkDownError)) this.lastError = error;
    } finally {
      this.cancelRenewal?.();
      this.transport = null;
      if (this.live.isDone && !this.stopped) this.live = deferred<void>();
      closed.resolve();
      await transport.stop().catch(() => undefined);
    }
    return this.environment.nowMs() - liveSince;
  }

  private listen(isCurrent: () => boolean): TransportEvents {
    return {
      event: (name, content) => {
        if (!isCurrent()) return;
        if (name === "closing") this.onClosing((content as { reconnectAfterMs: number | null }).reconnectAfterMs);
        else this.events.frameOrLost(name, content);
      },
      closed: () => {
        if (isCurrent()) this.closed.resolve();
      },
    };
  }

  private onClosing(reconnectAfterMs: number | null): void {
    this.closingAfterMs = reconnectAfterMs;
    this.drop();
  }

  private async authenticate(): Promise<void> {
    this.identity = await this.invoke<Identity>("Authenticate", { token: await this.token() });
    this.cancelRenewal?.();
    const lifeMs = this.identity.expiresAtMs - Date.now();
    const renewInMs = Math.min(Math.max(lifeMs - renewBeforeMs, lifeMs / 2, 1_000), 2 ** 31 - 1);
    this.cancelRenewal = this.environment.after(renewInMs, () => void this.authenticate().catch(() => undefined));
  }

  private async invokeOn<T>(transport: Transport, method: string, body: object): Promise<T> {
    const closed = this.closed;
    const answer = await this.inTime(
      Promise.race([
        transport.invoke(method, body).catch((error: unknown) => this.onInvokeFailed(error, closed)),
        closed.promise.then(() => Promise.reject(new LinkDownError())),
      ]),
    );
    const answered = answer as Answer<T>;
    if (!answered.ok) throw new RefusalError(answered.error);
    return answered.result;
  }

  /** SignalR rejects in the same way for a lost connection and for a failure of the method; the `closed` event tells them apart, a turn later. */
  private async onInvokeFailed(error: unknown, closed: Deferred<void>): Promise<never> {
    await new Promise<void>((resolve) => this.environment.after(0, resolve));
    if (closed.isDone) throw new LinkDownError();
    throw failed(error);
  }

  private async inTime<T>(answer: Promise<T>): Promise<T> {
    let cancel!: () => void;
    const late = new Promise<never>((_, reject) => (cancel = this.environment.after(answerTimeoutMs, () => reject(unanswered()))));
    try {
      return await Promise.race([answer, late]);
    } finally {
      cancel();
    }
  }

  /** How long to wait before the same request is sent again; throws the error if it is not to be. */
  private async retryAfter(error: unknown, until: number): Promise<number> {
    if (error instanceof LinkDownError) return 0;
    if (!(error instanceof RefusalError) || this.stopped || this.environment.nowMs() >= until) throw error;
    if (error.code === "NOT_READY" || error.code === "TIMEOUT") return error.retryAfterMs ?? retryMs;
    if (error.code !== "TOKEN_EXPIRED") throw error;
    await this.authenticate().catch(() => undefined);
    return retryMs;
  }

  private whenLive(until: number): Promise<void> {
    if (this.stopped) throw stopped();
    return new Promise((resolve, reject) => {
      const cancel = this.environment.after(Math.max(0, until - this.environment.nowMs()), () => reject(unanswered()));
      this.live.promise.then(resolve, reject).finally(cancel);
    });
  }

  private async sleep(ms: number, canWake = false): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.environment.after(ms, resolve);
      if (canWake)
        this.wakeUp = () => {
          cancel();
          resolve();
        };
    });
    if (canWake) this.wakeUp = null;
  }

  private setState(state: LinkState): void {
    if (this.current === state || this.current === "closed") return;
    this.current = state;
    this.events.state(state);
  }
}
