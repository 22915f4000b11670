import { alreadySubscribed, unsubscribed } from "../connection/clientRefusals.js";
import { Emitter } from "../connection/Emitter.js";
import type { Ground } from "../connection/Ground.js";
import { Sequence } from "../connection/Sequence.js";
import { Presence } from "../presence/Presence.js";
import type { Position, Publication, Published } from "../protocol/channels.js";
import { published } from "../protocol/frames.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { detach, Subscription, type ChannelVerdict, type SubscribeOptions } from "./Subscription.js";

export interface PublishOptions {
  /** The same id has one effect: 1 to 64 characters, a new one unless given. */
  id?: string;
  /** On a conflated channel the newest of each key is delivered. Up to 64 characters. */
  key?: string;
}

export interface ChannelEvents {
  /** Each publication comes once, in order. */
  publication: Publication;
  /** How the channel began or went on. `live` and `lost` come before the publications that follow, `recovered` after those that were missed. */
  verdict: ChannelVerdict;
  /** The channel cannot be attached again; it is no longer subscribed. */
  failed: RefusalError;
}

type Listener = (publication: Publication) => void;

/** A channel: publications in order, each once, over any number of connections; and who is there. */
export class Channel {
  private readonly emitter = new Emitter<ChannelEvents>();
  private readonly listeners = new Map<Listener, () => void>();
  private readonly publishing = new Sequence();
  private subscription: { is: Subscription; attached: Promise<ChannelVerdict> } | null = null;
  private detaching = new AbortController();
  private left: Position | null = null;

  /** Who is there. */
  readonly presence: Presence;

  /** @internal Made by `Connection.channel`. */
  constructor(
    readonly name: string,
    private readonly ground: Ground,
  ) {
    this.presence = new Presence(name, ground, () => this.subscription?.is ?? null);
  }

  /** Where this client is in the channel; kept after `unsubscribe`, to go on from with `since`. Null before the first answer. */
  get position(): Position | null {
    return this.subscription?.is.position ?? this.left;
  }

  /** Whether the channel is wanted, attached at the moment or not. */
  get isSubscribed(): boolean {
    return this.subscription !== null;
  }

  /** Registers a handler; the answer removes it. */
  on<K extends keyof ChannelEvents>(event: K, handler: (value: ChannelEvents[K]) => void): () => void {
    return this.emitter.on(event, handler);
  }

  /**
   * Subscribes until `unsubscribe`, over reconnects too. A further listener shares the subscription, and has no options of its own. Resolves when attached.
   * Rejects with the server's refusal where that is final, with `TIMEOUT` after 60 s, or with `LEFT`; then the channel is not subscribed.
   */
  async subscribe(listener?: Listener, options: SubscribeOptions = {}): Promise<ChannelVerdict> {
    this.ground.closed.throwIfAborted();
    if (this.subscription && (options.since || options.rewind)) throw alreadySubscribed();
    if (listener && !this.listeners.has(listener)) this.listeners.set(listener, this.on("publication", listener));
    return (this.subscription ?? this.begin(options)).attached;
  }

  /** Removes a listener; without one, or with the last, nothing is delivered any more, and this client is not present. */
  async unsubscribe(listener?: Listener): Promise<void> {
    for (const each of listener ? [listener] : [...this.listeners.keys()]) this.forget(each);
    if (!this.subscription || this.listeners.size > 0) return;
    this.end(unsubscribed());
    this.detaching = new AbortController();
    if (!this.ground.closed.aborted) await detach(this.ground, this.name, this.detaching.signal);
  }

  /**
   * Publishes, whether subscribed or not. Resolves once the channel's promise is kept, with the place of the publication. Publications of a channel go out one
   * after the other, 1,000 waiting at most; one that got no answer is sent again with the same id.
   */
  publish(event: string, data: unknown, { id = this.ground.newId(), key }: PublishOptions = {}): Promise<Published> {
    const request = { channel: this.name, id, event, data: data ?? null, ...(key !== undefined && { key }) };
    return this.publishing.run(() => this.ground.requests.send("Publish", request, published));
  }

  private begin(options: SubscribeOptions): { is: Subscription; attached: Promise<ChannelVerdict> } {
    this.detaching.abort();
    const is: Subscription = new Subscription(this.name, options, this.ground, {
      publications: (publications) => this.onPublications(publications),
      verdict: (verdict) => this.onVerdict(verdict),
      renewed: () => this.presence.onRenewed(),
      failed: (reason) => this.emitter.emit("failed", reason),
    });
    is.wanted.addEventListener("abort", () => this.onEnded(is), { once: true });
    this.subscription = { is, attached: is.start() };
    this.subscription.attached.catch(() => undefined);
    return this.subscription;
  }

  private end(reason: RefusalError): void {
    this.subscription?.is.end(reason);
  }

  private onEnded(ended: Subscription): void {
    this.left = ended.position ?? this.left;
    this.subscription = null;
    for (const listener of [...this.listeners.keys()]) this.forget(listener);
    this.presence.onEnded();
  }

  private forget(listener: Listener): void {
    this.listeners.get(listener)?.();
    this.listeners.delete(listener);
  }

  private onPublications(publications: Publication[]): void {
    const { epoch } = this.position!;
    for (const publication of publications) {
      this.presence.onPublication(publication, epoch);
      this.emitter.emit("publication", publication);
    }
  }

  private onVerdict(verdict: ChannelVerdict): void {
    if (verdict.verdict !== "recovered") this.presence.onBegun();
    this.emitter.emit("verdict", verdict);
  }
}
