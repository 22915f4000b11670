import { badField, left } from "../connection/clientRefusals.js";
import { Emitter } from "../connection/Emitter.js";
import type { Ground } from "../connection/Ground.js";
import { jsonOf } from "../connection/requestBytes.js";
import { Sequence } from "../connection/Sequence.js";
import { whenAborted } from "../connection/waiting.js";
import { Presence } from "../presence/Presence.js";
import type { HistoryOptions, HistoryPage, Occupancy, Position, Publication, Published } from "../protocol/channels.js";
import { historyPage, occupancy, published } from "../protocol/frames.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { payloadOf } from "./payload.js";
import { RecentIds } from "./RecentIds.js";
import { detach, Subscription, type ChannelVerdict, type SubscribeOptions } from "./Subscription.js";

export interface PublishOptions {
  /** The same id has one effect: 1 to 64 characters, a new one unless given. */
  id?: string;
  /** On a conflated channel the newest of each key is delivered. Up to 64 characters. */
  key?: string;
  /** `text`: the data is a string that is delivered as the text that it is. JSON unless said otherwise; bytes are bytes in any case. */
  encoding?: "text";
  /** Texts by name, by which others can filter: up to 16 of 256 characters, 2 KiB together. */
  headers?: Readonly<Record<string, string>>;
  /** An object of up to 4 KiB that the server only carries. */
  extras?: Readonly<Record<string, unknown>>;
}

export interface ChannelEvents {
  /** Each publication comes once, in order. */
  publication: Publication;
  /** How the channel began or went on. `live` and `lost` come before the publications that follow, `recovered` after those that were missed. */
  verdict: ChannelVerdict;
  /** The channel cannot be attached again; it is no longer subscribed. */
  failed: RefusalError;
  /** How many are there now, at most once in 2 s: where it is subscribed with `occupancy`. */
  occupancy: Occupancy;
}

type Listener = (publication: Publication) => void;

/** A channel: publications in order, each once, over any number of connections; and who is there. */
export class Channel {
  private readonly emitter = new Emitter<ChannelEvents>();
  private readonly listeners = new Map<Listener, () => void>();
  private readonly publishing = new Sequence();
  private readonly own = new RecentIds();
  private subscription: { is: Subscription; attached: Promise<ChannelVerdict> } | null = null;
  private detaching = new AbortController();
  private left: Position | null = null;
  private wants: SubscribeOptions = {};

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
   * Rejects with the server's refusal where that is final, with `TIMEOUT` after 60 s, or with `LEFT`; then the channel is not subscribed. A channel beneath a room that is being joined
   * is attached behind that, here and after each reconnect; one beneath a room that was left has failed with `NOT_MEMBER`.
   */
  async subscribe(listener?: Listener, options: SubscribeOptions = {}): Promise<ChannelVerdict> {
    this.ground.closed.throwIfAborted();
    if (this.subscription && Object.keys(options).length > 0) throw badField("options", "The channel is subscribed already.");
    if (listener && !this.listeners.has(listener)) this.listeners.set(listener, this.on("publication", listener));
    return (this.subscription ?? this.begin(options)).attached;
  }

  /** Removes a listener; without one, or with the last, nothing is delivered any more, and this client is not present. */
  async unsubscribe(listener?: Listener): Promise<void> {
    for (const each of listener ? [listener] : [...this.listeners.keys()]) this.forget(each);
    if (!this.subscription || this.listeners.size > 0) return;
    this.end(left());
    this.detaching = new AbortController();
    if (!this.ground.closed.aborted) await detach(this.ground, this.name, this.detaching.signal);
  }

  /**
   * Publishes, whether subscribed or not. Resolves once the channel's promise is kept, with the place of the publication. Publications of a channel go out one
   * after the other, 1,000 waiting at most; one that got no answer is sent again with the same id.
   * @param event what it is, up to 64 characters; null: nothing that has a name
   * @param data JSON, or bytes; nothing that JSON has no word for, nor null: `BAD_REQUEST` with the detail `data`
   */
  async publish(event: string | null, data: unknown, { id = this.ground.newId(), ...options }: PublishOptions = {}): Promise<Published> {
    const payload = payloadOf(data, options.encoding);
    if ((jsonOf("data", payload.data) ?? "null") === "null") throw badField("data", "`data` must not be null.");
    const request = { channel: this.name, id, ...(event !== null && { event }), ...options, ...payload };
    this.own.add(id);
    return this.ground.requests.send("Publish", request, published, this.ground.closed, this.publishing);
  }

  /**
   * Reads a page of what was published before, in its order, whether subscribed or not: the newest within the bounds that are given, or the oldest. Nothing of it is delivered to listeners.
   * With `before` one more than the offset of the position at which `subscribe` resolved, it is what comes before what listeners get.
   */
  history(options: HistoryOptions = {}): Promise<HistoryPage> {
    return this.ground.requests.send("GetHistory", { channel: this.name, ...options }, historyPage);
  }

  /** Reads page after page until there is none. Where the channel begins to number anew between two, the last one is empty, and not complete. */
  async *historyPages(options: HistoryOptions = {}): AsyncGenerator<HistoryPage, void> {
    let epoch = "";
    for (let from = {}; ; ) {
      const page = await this.history({ ...options, ...from });
      const { position, next } = page;
      const isGone = epoch && epoch !== position.epoch;
      yield isGone ? { ...page, publications: [], next: null, isComplete: false } : page;
      if (isGone || next === null) return;
      epoch = position.epoch;
      from = options.direction === "forward" ? { after: next } : { before: next };
    }
  }

  /** Asks how many are there, whether subscribed or not. */
  occupancy(): Promise<Occupancy> {
    return this.ground.requests.send("GetOccupancy", { channel: this.name }, occupancy);
  }

  /** @internal The server told how many are there. */
  onOccupancy(told: Occupancy): void {
    if (this.subscription) this.emitter.emit("occupancy", told);
  }

  private begin(options: SubscribeOptions): { is: Subscription; attached: Promise<ChannelVerdict> } {
    this.detaching.abort();
    const is: Subscription = new Subscription(this.name, options, this.ground, {
      publications: (publications) => this.onPublications(publications),
      verdict: (verdict) => this.onVerdict(verdict),
      renewed: () => this.presence.onRenewed(),
      failed: (reason) => this.emitter.emit("failed", reason),
    });
    whenAborted(is.wanted, () => this.onEnded(is));
    this.wants = options;
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
      if (this.isWanted(publication)) this.emitter.emit("publication", publication);
    }
  }

  /** The server leaves out what comes from this connection; what an earlier one published is told here by its id. */
  private isWanted({ id, event }: Publication): boolean {
    const { echo, events } = this.wants;
    return (echo !== false || !this.own.has(id)) && (!events?.length || events.includes(event!));
  }

  private onVerdict(verdict: ChannelVerdict): void {
    if (verdict.verdict !== "recovered") this.presence.onBegun();
    this.emitter.emit("verdict", verdict);
  }
}
