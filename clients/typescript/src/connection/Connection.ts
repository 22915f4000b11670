import { Channel } from "../channels/Channel.js";
import { ClockProber } from "../clock/ClockProber.js";
import { ServerClock } from "../clock/ServerClock.js";
import { detached, frame, lost } from "../protocol/frames.js";
import { timeAnswer } from "../protocol/results.js";
import type { Identity } from "../protocol/rooms.js";
import type { TokenSource } from "./Credentials.js";
import { Emitter } from "./Emitter.js";
import { realEnvironment, type Environment } from "./Environment.js";
import type { Followed, Ground } from "./Ground.js";
import { Link, type LinkState } from "./Link.js";
import { Requests } from "./Requests.js";
import { signalRTransport } from "./signalRTransport.js";
import type { TransportFactory } from "./Transport.js";

export interface ConnectionOptions {
  /** The address of the hub: absolute, or in a browser a path of the page's own server, such as `/hub`. */
  url: string;
  /** Asked at each connection and before the old token expires. Has 10 s; when it fails or takes longer, the attempt to connect has failed. */
  token: TokenSource;
  environment?: Environment;
  transport?: TransportFactory;
}

export interface ConnectionEvents {
  /** The connection came, or went. */
  state: LinkState;
  /** A step of a clock was found: positions of songs should be computed anew. */
  clockReset: void;
  /** An attempt to connect, to attach again or to renew the token failed, and will be made again: a `RefusalError` of the server, or what the network or `token` threw. */
  error: unknown;
}

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

  /** The server's clock. */
  readonly clock: ServerClock;

  /** @internal What rooms stand on. */
  readonly ground: Ground;

  constructor(options: ConnectionOptions) {
    this.environment = options.environment ?? realEnvironment;
    this.clock = new ServerClock(() => this.environment.nowMs());
    this.link = new Link(options.transport ?? signalRTransport(options.url), options.token, this.environment, {
      state: (state) => this.emitter.emit("state", state),
      ofChannel: (name, content) => this.heard[name](content),
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

  /** Connects, and keeps connected until `stop`. Resolves when live for the first time. Idempotent. Rejects with `BAD_REQUEST` for a bad address, with `CLOSED` after `stop`. */
  start(): Promise<void> {
    return this.link.start();
  }

  /** Ends the connection for good: nothing is sent afterwards. Resolves when no socket and no timer is left, within 2 s. Idempotent. */
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

  /** Sends any request, again after lost connections and refusals that say so; the result is whatever the server says. Commands need a `commandId` of their own. */
  request(method: string, body: object): Promise<unknown> {
    return this.ground.requests.send<unknown>(method, body, (result) => result ?? null);
  }

  private readonly heard = {
    frame: (content: unknown) => this.onFrame(content),
    lost: (content: unknown) => this.onLost(content),
    detached: (content: unknown) => this.onDetached(content),
  };

  private onFrame(content: unknown): void {
    const parsed = frame(content);
    if (parsed) for (const { follower } of this.followed) follower?.onFrame(parsed);
  }

  private onLost(content: unknown): void {
    const parsed = lost(content);
    if (parsed) for (const { follower } of this.followed) follower?.onLost(parsed);
  }

  /** Whoever follows the channel asks for it again, and is told why not in the usual way. */
  private onDetached(content: unknown): void {
    const parsed = detached(content);
    if (!parsed) return;
    const concerned = [...this.followed].filter(({ follower }) => follower && parsed.channel in follower.positions);
    for (const followed of concerned) void followed.restore().catch(() => this.link.drop());
  }

  private async onOpened(): Promise<void> {
    this.prober.start();
    await Promise.all([...this.followed].map((followed) => followed.restore()));
  }
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
    drop: () => link.drop(),
    failed,
    add: (one) => void followed.add(one),
    remove: (one) => void followed.delete(one),
  };
}
