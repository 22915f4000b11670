import { closing } from "../protocol/frames.js";
import type { Parser } from "../protocol/parse.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import type { Identity } from "../protocol/rooms.js";
import { backoffMs, failuresAfter, spreadMs } from "./backoff.js";
import { badField, closed, ended, lasting, notLive, unanswered } from "./clientRefusals.js";
import { Credentials, type TokenSource } from "./Credentials.js";
import { deferred } from "./deferred.js";
import type { Environment } from "./Environment.js";
import { LinkDownError } from "./LinkDownError.js";
import type { TransportEvents, TransportFactory } from "./Transport.js";
import { pause, unlessAborted, within } from "./waiting.js";
import { Wire } from "./Wire.js";

/** `connecting` before the first time, `live` once authenticated and recovered, `reconnecting` between, `closed` after `stop`. */
export type LinkState = "connecting" | "live" | "reconnecting" | "closed";

/** What a link tells its owner. */
export interface LinkEvents {
  state(state: LinkState): void;
  ofChannel(name: "frame" | "lost" | "detached" | "occupancy", content: unknown): void;
  /** Called on each new connection, authenticated, before anything waiting is sent: the place to recover. */
  opened(): Promise<void>;
  /** The connection of the last `opened` has ended. */
  ended(): void;
  /** An attempt to connect, or to renew the token, failed; the next one follows. */
  failed(error: unknown): void;
}

/** Where a link is; it moves from idle to opening to live to waiting and again to opening, and from anywhere to closed. */
type Phase =
  | { is: "idle" }
  | { is: "opening"; wire: Wire; sinceMs: number }
  | { is: "live"; wire: Wire }
  | { is: "waiting"; cut: AbortController }
  | { is: "closed"; reason: RefusalError };

const patienceMs = 1_500;
const goodbyeMs = 2_000;

/** With these the server ends a connection for what came over it. Another one is as good as any: what was too large is not sent again, nor a token that was taken back. */
const brokenCodes = ["BAD_REQUEST", "PAYLOAD_TOO_LARGE", "TOKEN_REVOKED"];

/** Keeps one authenticated connection for as long as it is not stopped: reconnects without end, with jitter, with a fresh token. */
export class Link {
  private phase: Phase = { is: "idle" };
  private live = deferred<void>();
  /** What `start` answers. */
  private starting = deferred<void>();
  private lastFailure: unknown = null;
  private readonly goodbyes = new Set<Promise<void>>();
  private readonly closing = new AbortController();
  private readonly credentials: Credentials;
  private told: LinkState = "connecting";

  constructor(
    private readonly createTransport: TransportFactory,
    token: TokenSource,
    private readonly environment: Environment,
    readonly requestBytesMax: number,
    private readonly events: LinkEvents,
  ) {
    this.credentials = new Credentials(token, (error) => events.failed(error));
  }

  get state(): LinkState {
    return this.told;
  }

  /** Who this client is, since it was first live. */
  get identity(): Identity | null {
    return this.credentials.identity;
  }

  /** Aborted when the link is closed, with the refusal that says why. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /**
   * Connects, and keeps connected; resolves when live for the first time. Idempotent. Rejects with what another attempt will hardly change, though there is one, with `TIMEOUT` after a time,
   * and once closed; a rejection may go unheard.
   */
  start(withinMs?: number): Promise<void> {
    if (this.phase.is === "idle") void this.run();
    const { promise } = this.starting;
    if (!withinMs) return promise;
    const timely = within(this.environment, withinMs, promise, () => notLive(withinMs, this.lastFailure));
    timely.catch(() => undefined);
    return timely;
  }

  /** Ends everything. Nothing is sent afterwards; resolves when no socket and no timer is left, within 2 s. Idempotent. */
  async stop(): Promise<void> {
    this.close(closed());
    await within(this.environment, goodbyeMs, Promise.all(this.goodbyes)).catch(() => undefined);
  }

  /**
   * Connects now rather than later: the network came back, or the page was shown again. An attempt under way may have begun in the old network: it has until it
   * is 1.5 s old, and when it fails the next one follows at once.
   */
  wake(): void {
    const { phase } = this;
    if (phase.is === "waiting") phase.cut.abort();
    if (phase.is === "opening" && phase.wire.returnAfterMs === null) void this.hurry(phase.wire, patienceMs - (this.environment.nowMs() - phase.sinceMs));
  }

  /** Gives the current connection up, as if it had been closed: it is known not to answer. */
  drop(): void {
    if (this.wire) this.end(this.wire);
  }

  /** Sends once on the current connection, live or not yet. */
  async invoke<T>(method: string, body: object, parse: Parser<T>): Promise<T> {
    if (!this.wire) throw new LinkDownError();
    return this.wire.invoke(method, body, parse);
  }

  /** Shows a fresh token on the current connection. */
  async authenticate(): Promise<void> {
    if (!this.wire) throw new LinkDownError();
    await this.credentials.show(this.wire);
  }

  /** Resolves when live. Rejects with `TIMEOUT` after a time, with the signal's reason, and once closed. */
  async whenLive(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.closed.throwIfAborted();
    if (ms <= 0) throw unanswered();
    if (this.phase.is !== "live") await within(this.environment, ms, unlessAborted(signal, this.live.promise));
  }

  private async hurry(wire: Wire, ms: number): Promise<void> {
    wire.returnAfterMs = 0;
    try {
      if (ms > 0) await wire.pause(ms);
      if (this.phase.is === "opening" && this.phase.wire === wire) this.end(wire);
    } catch {
      // It has failed by itself.
    }
  }

  private get wire(): Wire | null {
    return this.phase.is === "opening" || this.phase.is === "live" ? this.phase.wire : null;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.closed.aborted; failures++) {
      const startedMs = this.environment.nowMs();
      const wire = this.connect();
      if (!wire) return;
      failures = failuresAfter(failures, await this.serve(wire));
      if (this.closed.aborted) return;
      await this.wait(wire.returnAfterMs ?? backoffMs(failures, this.environment.nowMs() - startedMs, this.environment.random()));
    }
  }

  private connect(): Wire | null {
    try {
      const wire: Wire = new Wire(this.createTransport, this.environment, this.requestBytesMax, (name, content) => this.onEvent(wire, name, content));
      this.enter({ is: "opening", wire, sinceMs: this.environment.nowMs() });
      return wire;
    } catch (error) {
      this.close(badField("url", error));
      return null;
    }
  }

  /** One connection from start to end; for how many ms it was live. */
  private async serve(wire: Wire): Promise<number> {
    let liveMs = Infinity;
    let step: "url" | "token" | null = "url";
    try {
      await wire.open();
      step = "token";
      await this.credentials.show(wire);
      step = null;
      wire.ensureOpen();
      void this.credentials.keep(wire);
      await this.events.opened();
      wire.ensureOpen();
      liveMs = this.environment.nowMs();
      wire.returnAfterMs = null;
      this.enter({ is: "live", wire });
      await wire.untilEnded();
    } catch (error) {
      if (!(error instanceof LinkDownError)) this.onFailed(error as RefusalError, step);
    }
    this.end(wire);
    this.events.ended();
    return Math.max(0, this.environment.nowMs() - liveMs);
  }

  private onEvent(wire: Wire, name: Parameters<TransportEvents["event"]>[0], content: unknown): void {
    if (name !== "closing") return this.events.ofChannel(name, content);
    const said = closing(content);
    if (said) this.onClosing(wire, said);
  }

  private onClosing(wire: Wire, { code, reconnectAfterMs }: { code: string; reconnectAfterMs: number | null }): void {
    if (reconnectAfterMs !== null) {
      wire.returnAfterMs = spreadMs(reconnectAfterMs, this.environment.random());
      return this.end(wire);
    }
    this.credentials.failed(code);
    const isBroken = brokenCodes.includes(code);
    const reason = ended(isBroken ? code : "CLOSED", code);
    if (code === "PAYLOAD_TOO_LARGE") wire.refuseLargest(reason);
    if (isBroken) this.end(wire);
    else this.close(reason);
    this.events.failed(reason);
  }

  /** Whoever waits for the first time hears of what will hardly change. */
  private onFailed(error: RefusalError, step: "url" | "token" | null): void {
    this.credentials.failed(error.code);
    this.lastFailure = error;
    const reason = step && lasting(error, step);
    if (reason && !this.starting.isDone) this.refuseStart(reason);
    this.events.failed(error);
    // The app gives a token again that was taken back.
    if (error.code === "CLOSED") this.close(error);
  }

  private refuseStart(reason: RefusalError): void {
    this.starting.reject(reason);
    this.starting = deferred();
  }

  /** Nobody waits for the goodbye of a connection, but for `stop`. */
  private end(wire: Wire): void {
    const goodbye = wire.end();
    this.goodbyes.add(goodbye);
    void goodbye.then(() => this.goodbyes.delete(goodbye));
  }

  private async wait(ms: number): Promise<void> {
    const cut = new AbortController();
    this.enter({ is: "waiting", cut });
    await pause(this.environment, ms, cut.signal).catch(() => undefined);
  }

  private close(reason: RefusalError): void {
    if (this.phase.is === "closed") return;
    const { phase, wire } = this;
    this.phase = { is: "closed", reason };
    this.closing.abort(reason);
    this.live.reject(reason);
    this.refuseStart(reason);
    this.starting.reject(reason);
    if (phase.is === "waiting") phase.cut.abort();
    if (wire) this.end(wire);
    this.tell("closed");
  }

  private enter(phase: Exclude<Phase, { is: "idle" | "closed" }>): void {
    this.phase = phase;
    if (phase.is === "live") {
      this.live.resolve();
      this.starting.resolve();
      this.tell("live");
    } else if (this.live.isDone) {
      this.live = deferred<void>();
      this.tell("reconnecting");
    }
  }

  private tell(state: LinkState): void {
    if (this.told === state) return;
    this.told = state;
    this.events.state(state);
  }
}
