import type { Followed, Ground } from "../connection/Ground.js";
import { LinkDownError } from "../connection/LinkDownError.js";
import { unlessAborted, whenAborted } from "../connection/waiting.js";
import type { Lost, Position, Publication, Recovery, Verdict } from "../protocol/channels.js";
import { recovery } from "../protocol/frames.js";
import { goneCodes, RefusalError } from "../protocol/RefusalError.js";
import { nothing } from "../protocol/results.js";
import { presenceEvent } from "../presence/Presence.js";
import { Follower, type Attached, type Positions, type Source } from "./Follower.js";

/** What was published before: up to 100 publications, or those of up to 120,000 ms. */
export type Rewind = { count: number } | { ms: number };

export interface SubscribeOptions {
  /** Begins with what was published before. */
  rewind?: Rewind;
  /** Goes on from a position that was kept, as over a reload of the page. */
  since?: Position;
  /** False: nothing comes that this client published itself. */
  echo?: boolean;
  /** Publications of these events only, up to 15. */
  events?: readonly string[];
  /** Publications only whose headers have all of these values, up to 8. Presence has no headers: `presence` is then as of the last `get`. */
  headers?: Readonly<Record<string, string>>;
  /** Tells how many are there, too: event `occupancy`. */
  occupancy?: boolean;
  /** `none`: nobody is told as here or gone, neither to listeners nor by `presence`. */
  presence?: "none";
}

/** How a channel began, or went on after a gap. */
export interface ChannelVerdict {
  /** `live`: from here on. `recovered`: nothing is missing. `lost`: what `lostFrom` to `lostTo` were is not delivered; without these numbers the channel was numbered anew. */
  verdict: Verdict;
  position: Position;
  lostFrom: number | null;
  lostTo: number | null;
  /** How many publications came with it. */
  applied: number;
}

export interface SubscriptionEvents {
  publications(publications: Publication[]): void;
  verdict(verdict: ChannelVerdict): void;
  /** Attached on a new connection, which knows nothing of the last one. */
  renewed(): void;
  /** It is over: the channel cannot be attached again. */
  failed(reason: RefusalError): void;
}

/** On these a channel cannot be attached; on any other it is tried again. */
const finalCodes = ["BAD_REQUEST", "FORBIDDEN", "SUBSCRIPTION_LIMIT", "TLS_REQUIRED", "NOT_MEMBER", ...goneCodes];

/** One wish to be subscribed to a channel, from its first attempt until it is unsubscribed or refused for good. */
export class Subscription implements Followed, Source {
  private readonly over = new AbortController();
  private readonly wants: object;
  /** Whether it attaches for the first time, or again after a refusal: then it does so until it is attached, over connections too. */
  private isAttaching = false;
  private isDetached = false;
  private last: ChannelVerdict | null = null;

  readonly follower: Follower;

  constructor(
    private readonly channel: string,
    private readonly options: SubscribeOptions,
    private readonly ground: Ground,
    private readonly events: SubscriptionEvents,
  ) {
    const told = {
      publications: (_: string, publications: Publication[]) => this.unlessOver(() => events.publications(publications)),
      attached: (attached: Attached, applied: number) => this.unlessOver(() => this.onAttached(attached, applied)),
      stuck: () => this.unlessOver(() => ground.drop()),
    };
    const filter = filterOf(options);
    this.wants = { ...filter, ...(options.occupancy && { occupancy: true }) };
    this.follower = new Follower(this, told, options.since && { [channel]: options.since }, Object.keys(filter).length > 0);
    const forget = whenAborted(ground.closed, () => this.end(ground.closed.reason as RefusalError));
    whenAborted(this.wanted, forget);
  }

  /** Aborted when it is over. */
  get wanted(): AbortSignal {
    return this.over.signal;
  }

  get position(): Position | null {
    return this.follower.positions[this.channel] ?? null;
  }

  /** Attaches for the first time. */
  async start(): Promise<ChannelVerdict> {
    this.ground.add(this);
    try {
      await this.attachInside();
    } catch (error) {
      this.end(error as RefusalError);
      throw error;
    }
    this.wanted.throwIfAborted();
    return this.last!;
  }

  end(reason: RefusalError): void {
    this.over.abort(reason);
    this.ground.remove(this);
  }

  /** A channel that is refused for now does not keep the others from being live. */
  async restore(): Promise<void> {
    if (this.isAttaching) return;
    try {
      await this.follower.attach();
      this.events.renewed();
    } catch (error) {
      if (error instanceof LinkDownError) throw error;
      if (!this.tryEnd(error)) void this.attachLater();
    }
  }

  async detached(channel: string): Promise<void> {
    if (channel !== this.channel) return;
    // An answer that came before this may not have been taken yet.
    if (this.isAttaching) this.isDetached = true;
    else await this.restore();
  }

  async attach(since: Positions | null): Promise<Attached> {
    const position = since?.[this.channel];
    const found = await this.ask(position ? { since: position } : this.options.rewind ? rewindOf(this.options.rewind) : {});
    return one(found.verdict === "lost" ? await this.behind(found) : found);
  }

  async restart(lost: Lost | null): Promise<Attached> {
    if (lost) return one({ ...lost, verdict: "lost", class: "ordered", publications: [] });
    const was = this.position;
    const found = await this.ask({});
    const isComparable = was?.epoch === found.position.epoch;
    return one({ ...found, verdict: "lost", lostFrom: isComparable ? was.offset + 1 : null, lostTo: isComparable ? found.position.offset : null });
  }

  /** A loss, with what the channel still has behind it: of a new numbering all from its beginning. */
  private async behind(loss: Recovery): Promise<Recovery> {
    const offset = loss.lostTo ?? 0;
    if (offset >= loss.position.offset) return loss;
    const rest = await this.ask({ since: { epoch: loss.position.epoch, offset } });
    if (rest.verdict === "recovered") return { ...rest, verdict: "lost", lostFrom: loss.lostFrom, lostTo: loss.lostTo };
    const isComparable = loss.lostFrom !== null && rest.position.epoch === loss.position.epoch;
    return { ...rest, lostFrom: isComparable ? loss.lostFrom : null, lostTo: isComparable ? rest.position.offset : null, publications: [] };
  }

  private ask(from: object): Promise<Recovery> {
    return this.ground.invoke("Subscribe", { channel: this.channel, ...from, ...this.wants }, recovery);
  }

  private async attachInside(): Promise<void> {
    this.isAttaching = true;
    try {
      do {
        this.isDetached = false;
        await this.attachBehindRoom();
      } while (this.isDetached);
    } finally {
      this.isAttaching = false;
    }
  }

  /** Beneath a room that this client wants to be in, it waits until it is there; and longer each time, should the server think otherwise. */
  private async attachBehindRoom(): Promise<void> {
    for (let refusals = 0; ; refusals++) {
      try {
        return await this.ground.requests.attempt(() => this.follower.attach(), this.wanted);
      } catch (error) {
        const inside = this.insideAfter(error);
        if (!inside) throw error;
        await Promise.all([unlessAborted(this.wanted, inside), refusals > 0 && this.ground.backOff(refusals, this.wanted)]);
      }
    }
  }

  /** What makes another attempt worthwhile though it was refused for good; null if nothing does. */
  private insideAfter(error: unknown): Promise<void> | null {
    return error instanceof RefusalError && error.code === "NOT_MEMBER" ? this.ground.inside(this.channel) : null;
  }

  private async attachLater(): Promise<void> {
    try {
      await this.attachInside();
      this.unlessOver(() => this.events.renewed());
    } catch (error) {
      // The next connection tries again.
      if (!this.wanted.aborted && !this.tryEnd(error)) this.ground.drop();
    }
  }

  /** Ends it where the refusal is for good. */
  private tryEnd(error: unknown): boolean {
    if (!(error instanceof RefusalError) || !finalCodes.includes(error.code) || this.insideAfter(error)) return false;
    this.unlessOver(() => {
      this.end(error);
      this.events.failed(error);
    });
    return true;
  }

  private onAttached(attached: Attached, applied: number): void {
    const { position, lostFrom, lostTo } = attached.recoveries[0]!;
    this.last = { verdict: attached.verdict, position, lostFrom, lostTo, applied };
    this.events.verdict(this.last);
  }

  private unlessOver(action: () => void): void {
    if (!this.wanted.aborted) action();
  }
}

/** Detaches on the server; whoever is not attached is. */
export async function detach(ground: Ground, channel: string, wanted: AbortSignal): Promise<void> {
  try {
    await ground.requests.send("Unsubscribe", { channel }, nothing, wanted);
  } catch (error) {
    // FORBIDDEN: the channel belongs to a room that this connection is in, and comes with it.
    if (!wanted.aborted && !(error instanceof RefusalError && (error.code === "NOT_SUBSCRIBED" || error.code === "FORBIDDEN"))) throw error;
  }
}

/** What of a request says how far back to begin. */
function rewindOf(rewind: Rewind): object {
  return "count" in rewind ? { rewindCount: rewind.count } : { rewindMs: rewind.ms };
}

/** What of the channel is asked for; nothing of this: all. Who is there is told by publications too, which the library needs for itself. */
function filterOf({ echo, events, headers, presence }: SubscribeOptions): object {
  return {
    ...(echo === false && { echo }),
    ...(presence && { presence }),
    ...(events?.length && { events: [...new Set([...events, presenceEvent])] }),
    ...(headers && Object.keys(headers).length > 0 && { headers }),
  };
}

function one(recovery: Recovery): Attached {
  return { verdict: recovery.verdict, recoveries: [recovery] };
}
