import type { Frame, Lost, Position, Publication, Recovery, Verdict } from "../protocol/channels.js";
import { ChannelCursor } from "./ChannelCursor.js";

/** The place in each channel. */
export type Positions = Readonly<Record<string, Position>>;

/** Where the server let a follower begin. */
export interface Attached {
  verdict: Verdict;
  /** Per channel where it is now, and what was missed. */
  recoveries: Recovery[];
  /** Replaces what was known; called when the answer is taken, before anything that follows it. */
  replace?: () => void;
}

/** How a follower asks the server: once, on the connection there is. */
export interface Source {
  /** Attaches: at the positions there are, or anew. */
  attach(since: Positions | null): Promise<Attached>;
  /** Begins anew, attached as before: after a loss that the server told of, or after gaps that did not heal. */
  restart(lost: Lost | null): Promise<Attached>;
}

export interface FollowerEvents {
  /** Publications that are new, in order. */
  publications(channel: string, publications: Publication[]): void;
  /** The follower begins, or goes on, from where it was attached. */
  attached(attached: Attached, applied: number): void;
  /** It could not recover on this connection; it will on the next. */
  stuck(): void;
}

const heldMax = 2_000;
const gapsInRowMax = 3;

/**
 * Follows the channels of one source together: hands out each later publication once and in order, and on a gap or a new connection recovers by position, or
 * begins anew when the server says that something is lost. While an answer is awaited, frames are held and applied after it.
 */
export class Follower {
  private readonly cursors = new Map<string, ChannelCursor>();
  private held: Frame[] | null = null;
  /** Where losses lead that were told while an answer was awaited; the last of each channel. */
  private readonly heldLosses = new Map<string, Position>();
  private syncs = 0;
  private gapsInRow = 0;

  /** How often a gap was found in what the server sent. */
  gaps = 0;

  constructor(
    private readonly source: Source,
    private readonly events: FollowerEvents,
    /** Where to go on from; anew unless given. */
    positions: Positions = {},
    /** Whether the server leaves out what was not asked for. */
    private readonly isFiltered = false,
  ) {
    for (const [channel, position] of Object.entries(positions)) this.cursors.set(channel, new ChannelCursor(channel, position, isFiltered));
  }

  /** Where it is in each channel; empty until attached. */
  get positions(): Positions {
    return Object.fromEntries([...this.cursors].map(([channel, cursor]) => [channel, cursor.position]));
  }

  /** How many publications came twice and were dropped. */
  get duplicates(): number {
    return [...this.cursors.values()].reduce((sum, cursor) => sum + cursor.duplicates, 0);
  }

  /** Attaches, or on a new connection attaches again at the positions it has. */
  attach(): Promise<void> {
    return this.sync(() => this.source.attach(this.cursors.size > 0 ? this.positions : null));
  }

  onFrame(frame: Frame): void {
    const cursor = this.cursors.get(frame.channel);
    if (this.held) this.hold(frame);
    else if (cursor) this.apply(cursor, cursor.take(frame));
  }

  onLost(lost: Lost): void {
    if (!this.cursors.has(lost.channel)) return;
    // The answer that is awaited mostly goes further, and has what this loss would skip.
    if (this.held) this.heldLosses.set(lost.channel, lost.position);
    else this.restart(lost);
  }

  private restart(lost: Lost | null): void {
    void this.sync(() => this.source.restart(lost)).catch(() => this.events.stuck());
  }

  private reattach(): void {
    void this.attach().catch(() => this.events.stuck());
  }

  /** Holds frames back while asking; of several syncs at a time only the last one's answer counts. */
  private async sync(ask: () => Promise<Attached>): Promise<void> {
    const sync = ++this.syncs;
    this.held = [];
    try {
      const attached = await ask();
      if (sync === this.syncs) this.take(attached);
    } finally {
      if (sync === this.syncs) this.release();
    }
  }

  private release(): void {
    // By offset: an attachment that the server moved back to a snapshot may have delivered something before.
    const frames = (this.held ?? []).sort((a, b) => a.previousOffset - b.previousOffset);
    this.held = null;
    const isBehind = [...this.heldLosses].some(([channel, position]) => !this.cursors.get(channel)?.covers(position));
    this.heldLosses.clear();
    if (isBehind) this.reattach();
    for (const frame of frames) this.onFrame(frame);
  }

  private hold(frame: Frame): void {
    // When full the newest is dropped: it shows as a gap after the answer, and is recovered.
    if (this.held!.length < heldMax) this.held!.push(frame);
  }

  private take(attached: Attached): void {
    if (attached.verdict !== "recovered") this.begin(attached);
    else if (!this.goOn(attached)) this.onGap();
  }

  private begin(attached: Attached): void {
    for (const { channel, position } of attached.recoveries) {
      this.cursors.set(channel, new ChannelCursor(channel, position, this.isFiltered, this.cursors.get(channel)?.duplicates));
    }
    attached.replace?.();
    const applied = attached.recoveries.reduce((sum, { publications }) => sum + publications.length, 0);
    this.events.attached(attached, applied);
    for (const { channel, publications } of attached.recoveries) this.tell(channel, publications);
  }

  private goOn(attached: Attached): boolean {
    let applied = 0;
    for (const recovery of attached.recoveries) {
      const cursor = this.cursors.get(recovery.channel);
      const taken = cursor?.recover(recovery) ?? [];
      if (taken === "gap") return false;
      applied += taken.length;
      if (cursor) this.apply(cursor, taken);
    }
    this.events.attached(attached, applied);
    return true;
  }

  private apply(cursor: ChannelCursor, taken: Publication[] | "gap"): void {
    if (taken === "gap") return this.onGap();
    if (taken.length > 0) this.gapsInRow = 0;
    this.tell(cursor.channel, taken);
  }

  private tell(channel: string, publications: Publication[]): void {
    if (publications.length > 0) this.events.publications(channel, publications);
  }

  private onGap(): void {
    this.gaps++;
    // Recovery by position that leads to gaps again and again is given up for a new beginning, and that for a new connection, which waits longer each time.
    this.gapsInRow++;
    if (this.gapsInRow < gapsInRowMax) this.reattach();
    else if (this.gapsInRow === gapsInRowMax) this.restart(null);
    else this.events.stuck();
  }
}
