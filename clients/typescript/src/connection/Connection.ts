import { Channel } from "../channels/Channel.js";
import { ClockProber } from "../clock/ClockProber.js";
import { ServerClock } from "../clock/ServerClock.js";
import { detached, frame, lost, occupancy } from "../protocol/frames.js";
import { isObject } from "../protocol/parse.js";
import { timeAnswer } from "../protocol/results.js";
import type { Identity } from "../protocol/rooms.js";
import { backoffMs } from "./backoff.js";
import type { TokenSource } from "./Credentials.js";
import { Emitter } from "./Emitter.js";
import { realEnvironment, type Environment } from "./Environment.js";
import type { Followed, Ground } from "./Ground.js";
import { Link, type LinkState } from "./Link.js";
import { Requests } from "./Requests.js";
import { signalRTransport } from "./signalRTransport.js";
import type { TransportFactory } from "./Transport.js";
import { pause } from "./waiting.js";

export interface ConnectionOptions {
  /** The address of the hub: absolute, or in a browser a path of the page's own server, such as `/hub`. */
  url: string;
  /** Asked at each connection and before the old token expires. Has 10 s; when it fails or takes longer, the attempt to connect has failed. */
  token: TokenSource;
  /** How many bytes a request may have, 65,536 unless said: what is larger is refused here. For a server whose `SignalR:RequestBytesMax` says otherwise. */
  requestBytesMax?: number;
  environment?: Environment;
  transport?: TransportFactory;
}

export interface ConnectionEvents {
  /** The connection came, or went. */
  state: LinkState;
  /** A step of a clock was found: positions of songs should be computed anew. */
  clockReset: void;
  /**
   * An attempt to connect, to attach again or to renew the token failed, and will be made again: a `RefusalError` of the server, or what the network or `token` threw. Or the server has ended the
   * connection: for good with `CLOSED`, and with `PAYLOAD_TOO_LARGE` or `BAD_REQUEST` for what it was sent.
   */
  error: unknown;
}

/** What a server takes unless configured otherwise: `docs/protocol.md`, Limits. */
const defaultRequestBytesMax = 65_536;

/**
 * A connection to the server, which carries any number of channels. Reconnects by itself until `stop`; what was subscribed recovers by position, and what got no
 * answer is sent again with the same id, for 60 s at most. What fails is a promise that is rejected with a `RefusalError`: the server's codes, or `CLOSED` after
 * `stop`.
 */
export class Connection {
  private readonly emitter = new Emitter<ConnectionEvents>();
  private readonly environment: Environment;
  private readonly link: Link;
  private readonly prober: ClockProber;
  private readonly channels = new Map<string, Channel>();
  private readonly followed = new Set<Followed>();
  private readonly droppedCounts = { messages: 0, publications: 0 };

  /** The server's clock. */
  readonly clock: ServerClock;

  /** @internal What rooms stand on. */
  readonly ground: Ground;

  constructor(options: ConnectionOptions) {
    this.environment = options.environment ?? realEnvironment;
    this.clock = new ServerClock(() => this.environment.nowMs());
    this.link = new Link(options.transport ?? signalRTransport(options.url), options.token, this.environment, options.requestBytesMax ?? defaultRequestBytesMax, {
      state: (state) => this.emitter.emit("state", state),
      ofChannel: (name, content) => this.onHeard(name, content),
      opened: () => this.onOpened(),
      ended: () => this.prober.stop(),
      failed: (error) => this.emitter.emit("error", error),
    });
    this.ground = groundOf(this.link, this.environment, this.followed, (error) => this.emitter.emit("error", error));
    this.prober = new ClockProber(
      this.clock,
      this.environment,
      (t1Us) => this.link.invoke("Time", { t1Us }, timeAnswer),
      () => this.link.drop(),
      () => this.emitter.emit("clockReset", undefined),
    );
  }

  get state(): LinkState {
    return this.link.state;
  }

  /** How much came that could not be read, and changed nothing: messages that are none, and publications without a place. */
  get dropped(): Readonly<{ messages: number; publications: number }> {
    return this.droppedCounts;
  }

  /** Who this client is; null until live. */
  get identity(): Identity | null {
    return this.link.identity;
  }

  /** Registers a handler; the answer removes it. */
  on<K extends keyof ConnectionEvents>(event: K, handler: (value: ConnectionEvents[K]) => void): () => void {
    return this.emitter.on(event, handler);
  }

  /** The channel of a name: the same object each time, until `release`. Nothing is sent by that. */
  channel(name: string): Channel {
    const channel = this.channels.get(name) ?? new Channel(name, this.ground);
    this.channels.set(name, channel);
    return channel;
  }

  /** Unsubscribes from a channel and forgets its object: for whoever uses ever new names. */
  async release(name: string): Promise<void> {
    const channel = this.channels.get(name);
    this.channels.delete(name);
    await channel?.unsubscribe();
  }

  /**
   * Connects, and keeps connected until `stop`. Resolves when live for the first time. Idempotent. Rejects when an attempt fails in a way that another one will hardly change: with what the server
   * refuses the token for, as `TOKEN_INVALID`, with `UNAUTHENTICATED` where `token` throws or answers no text, and with `BAD_REQUEST` for an address where no hub answers; it goes on trying all the
   * same, and `start` waits for it again. A network that is away is tried without end, each failure with an `error`. Rejects with `CLOSED` after `stop`.
   * @param withinMs rejects with `TIMEOUT` after so long, whatever it fails for
   */
  start(withinMs?: number): Promise<void> {
    return this.link.start(withinMs);
  }

  /** Ends the connection for good: nothing is sent afterwards. Resolves when no socket and no timer is left, within 2 s; what `fetch` keeps for others is its own. Idempotent. */
  stop(): Promise<void> {
    this.prober.stop();
    return this.link.stop();
  }

  /** The network came back, or the page is shown again: connects at once, or sees whether the connection still answers and what the clock is now. */
  wake(): void {
    this.link.wake();
    if (this.state === "live") this.prober.start();
  }

  /** Gives up the current connection, so that a new one is made. */
  reconnect(): void {
    this.link.drop();
  }

  /** Sends any request, again after lost connections and while the server cannot carry it out; the result is whatever the server says. Commands need a `commandId` of their own. */
  request(method: string, body: object): Promise<unknown> {
    return this.ground.requests.send<unknown>(method, body, (result) => result ?? null);
  }

  private onHeard(name: keyof typeof this.heard, content: unknown): void {
    if (!this.heard[name](content)) this.droppedCounts.messages++;
  }

  /** Each answers whether it could be read. */
  private readonly heard = {
    frame: (content: unknown) => this.onFrame(content),
    lost: (content: unknown) => this.onLost(content),
    detached: (content: unknown) => this.onDetached(content),
    occupancy: (content: unknown) => this.onOccupancy(content),
  };

  private onFrame(content: unknown): boolean {
    const parsed = frame(content);
    if (!parsed) return false;
    this.droppedCounts.publications += countOf(content) - parsed.publications.length;
    for (const { follower } of this.followed) follower?.onFrame(parsed);
    return true;
  }

  private onLost(content: unknown): boolean {
    const parsed = lost(content);
    if (parsed) for (const { follower } of this.followed) follower?.onLost(parsed);
    return parsed !== undefined;
  }

  private onDetached(content: unknown): boolean {
    const parsed = detached(content);
    if (!parsed) return false;
    for (const each of [...this.followed]) void each.detached(parsed.channel).catch(() => this.link.drop());
    return true;
  }

  private onOccupancy(content: unknown): boolean {
    const parsed = occupancy(content);
    if (parsed) this.channels.get(parsed.channel)?.onOccupancy(parsed);
    return parsed !== undefined;
  }

  private async onOpened(): Promise<void> {
    this.prober.start();
    // The room is asked for first: it was there before any channel, and the server answers in order.
    await Promise.all([...this.followed].map((followed) => followed.restore()));
  }
}

function countOf(frame: unknown): number {
  return isObject(frame) && Array.isArray(frame["publications"]) ? frame["publications"].length : 0;
}

function groundOf(link: Link, environment: Environment, followed: Set<Followed>, failed: (error: unknown) => void): Ground {
  return {
    requests: new Requests(link, environment),
    closed: link.closed,
    get identity() {
      return link.identity;
    },
    invoke: (method, body, parse) => link.invoke(method, body, parse),
    newId: () => environment.newId(),
    backOff: (refusals, signal) => pause(environment, backoffMs(refusals, 0, environment.random()), signal),
    inside: (channel) => [...followed].map((each) => each.inside?.(channel)).find((inside) => inside) ?? null,
    drop: () => link.drop(),
    failed,
    add: (one) => void followed.add(one),
    remove: (one) => void followed.delete(one),
  };
}
