import type { Followed, Ground } from "../connection/Ground.js";
import { LinkDownError } from "../connection/LinkDownError.js";
import type { Lost, Position, Publication, Recovery, Verdict } from "../protocol/channels.js";
import { recovery } from "../protocol/frames.js";
import { RefusalError } from "../protocol/RefusalError.js";
import { nothing } from "../protocol/results.js";
import { Follower, type Attached, type Positions, type Source } from "./Follower.js";

export interface SubscribeOptions {
  /** Begins with what was published before: up to 100 publications, or those of up to 120,000 ms. */
  rewind?: { count: number } | { ms: number };
  /** Goes on from a position that was kept, as over a reload of the page. */
  since?: Position;
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
const finalCodes = new Set(["BAD_REQUEST", "FORBIDDEN", "SUBSCRIPTION_LIMIT", "TLS_REQUIRED", "ROOM_NOT_FOUND", "ROOM_CLOSED", "NOT_MEMBER", "BANNED", "KICKED"]);

/** One wish to be subscribed to a channel, from its first attempt until it is unsubscribed or refused for good. */
export class Subscription implements Followed, Source {
  private readonly over = new AbortController();
  private isStarted = false;
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
    this.follower = new Follower(this, told, options.since && { [channel]: options.since });
    ground.closed.addEventListener("abort", () => this.end(ground.closed.reason as RefusalError), { once: true, signal: this.wanted });
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
      await this.ground.requests.attempt(() => this.follower.attach(), this.wanted);
    } catch (error) {
      this.end(error as RefusalError);
      throw error;
    }
    this.wanted.throwIfAborted();
    this.isStarted = true;
    return this.last!;
  }

  end(reason: RefusalError): void {
    this.over.abort(reason);
    this.ground.remove(this);
  }

  /** A channel that is refused for now does not keep the others from being live. */
  async restore(): Promise<void> {
    if (!this.isStarted) return;
    try {
      await this.follower.attach();
      this.events.renewed();
    } catch (error) {
      if (error instanceof LinkDownError) throw error;
      if (!this.isFinal(error)) void this.attachLater();
    }
  }

  async attach(since: Positions | null): Promise<Attached> {
    const position = since?.[this.channel];
    const found = await this.ask(position ? { since: position } : rewindOf(this.options));
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
    return this.ground.invoke("Subscribe", { channel: this.channel, ...from }, recovery);
  }

  private async attachLater(): Promise<void> {
    try {
      await this.ground.requests.attempt(() => this.follower.attach(), this.wanted);
      this.unlessOver(() => this.events.renewed());
    } catch (error) {
      // The next connection tries again.
      if (!this.wanted.aborted && !this.isFinal(error)) this.ground.drop();
    }
  }

  private isFinal(error: unknown): boolean {
    if (!(error instanceof RefusalError) || !finalCodes.has(error.code)) return false;
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

function rewindOf({ rewind }: SubscribeOptions): object {
  if (!rewind) return {};
  return "count" in rewind ? { rewindCount: rewind.count } : { rewindMs: rewind.ms };
}

function one(recovery: Recovery): Attached {
  return { verdict: recovery.verdict, recoveries: [recovery] };
}
