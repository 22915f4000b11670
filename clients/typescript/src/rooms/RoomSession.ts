import { ChannelCursor } from "../channels/ChannelCursor.js";
import type { Frame, Lost, MemberInfo, Position, Publication, Verdict } from "../protocol/channels.js";
import type { Join, Snapshot } from "../protocol/rooms.js";
import { reduce } from "./reduce.js";
import { stateOf, type RoomState } from "./RoomState.js";

/** How a session asks the server: once, on the connection there is. */
export type Invoke = <T>(method: string, body: object) => Promise<T>;

/** What a session tells. */
export interface RoomSessionEvents {
  changed(state: RoomState): void;
  publication(channel: string, publication: Publication): void;
  recovery(recovery: RoomRecovery): void;
  /** The session could not recover on this connection; it will on the next. */
  stuck(): void;
}

/** How a session came to its present state. */
export interface RoomRecovery {
  verdict: Verdict;
  /** How many missed publications were applied; 0 unless recovered. */
  applied: number;
}

const heldMax = 2_000;
const gapsInRowMax = 3;

/**
 * Follows one room: takes the snapshot, applies each later publication once and in order, and on a gap or a new connection recovers by position, or replaces
 * everything by a fresh snapshot when the server says that something is lost. While an answer is awaited, frames are held and applied after it.
 */
export class RoomSession {
  private cursors = new Map<string, ChannelCursor>();
  private held: Frame[] | null = null;
  private syncs = 0;
  private gapsInRow = 0;
  private current: RoomState | null = null;

  /** How often a gap was found in what the server sent. */
  gaps = 0;

  constructor(
    readonly roomId: string,
    private readonly info: MemberInfo,
    private readonly invoke: Invoke,
    private readonly newId: () => string,
    private readonly events: RoomSessionEvents,
  ) {}

  /** Null until joined. */
  get state(): RoomState | null {
    return this.current;
  }

  /** Where the session is in each of the room's channels. */
  get positions(): Record<string, Position> {
    return Object.fromEntries([...this.cursors].map(([channel, cursor]) => [channel, cursor.position]));
  }

  /** How many publications came twice and were dropped. */
  get duplicates(): number {
    return [...this.cursors.values()].reduce((sum, cursor) => sum + cursor.duplicates, 0);
  }

  /** Joins, or on a new connection joins again with the positions it has. */
  async join(): Promise<void> {
    await this.sync(async () => {
      const since = this.current ? { since: this.positions } : {};
      const join = await this.invoke<Join>("JoinRoom", { roomId: this.roomId, commandId: this.newId(), info: this.info, ...since });
      return () => this.onJoined(join);
    });
  }

  /** Changes the state by what no publication tells. */
  update(change: (state: RoomState) => RoomState): void {
    if (this.current) this.show(change(this.current));
  }

  onFrame(frame: Frame): void {
    const cursor = this.cursors.get(frame.channel);
    if (this.held) this.hold(frame);
    else if (cursor) this.apply(cursor, cursor.take(frame));
  }

  onLost(lost: Lost): void {
    if (this.cursors.has(lost.channel)) this.replace();
  }

  private replace(): void {
    void this.sync(async () => {
      const snapshot = await this.invoke<Snapshot>("GetSnapshot", { roomId: this.roomId });
      return () => this.onSnapshot(snapshot, "lost");
    }).catch(() => this.events.stuck());
  }

  private rejoin(): void {
    void this.join().catch(() => this.events.stuck());
  }

  /** Holds frames back while asking; of several syncs at a time only the last one's answer counts. */
  private async sync(ask: () => Promise<() => void>): Promise<void> {
    const sync = ++this.syncs;
    this.held = [];
    try {
      const take = await ask();
      if (sync === this.syncs) take();
    } finally {
      if (sync === this.syncs) this.release();
    }
  }

  private release(): void {
    // By offset: an attachment that the server moved back to a snapshot may have delivered something before.
    const frames = (this.held ?? []).sort((a, b) => a.previousOffset - b.previousOffset);
    this.held = null;
    for (const frame of frames) this.onFrame(frame);
  }

  private hold(frame: Frame): void {
    // When full the newest is dropped: it shows as a gap after the answer, and is recovered.
    if (this.held!.length < heldMax) this.held!.push(frame);
  }

  private onJoined(join: Join): void {
    if (join.snapshot) return this.onSnapshot(join.snapshot, join.verdict);
    let applied = 0;
    for (const recovery of join.recoveries) {
      const cursor = this.cursors.get(recovery.channel);
      const taken = cursor?.recover(recovery) ?? [];
      if (taken === "gap") return this.onGap();
      applied += taken.length;
      if (cursor) this.apply(cursor, taken);
    }
    this.events.recovery({ verdict: "recovered", applied });
  }

  private onSnapshot(snapshot: Snapshot, verdict: Verdict): void {
    this.cursors = new Map(Object.entries(snapshot.positions).map(([channel, position]) => [channel, new ChannelCursor(channel, position)]));
    this.show(stateOf(snapshot));
    this.events.recovery({ verdict, applied: 0 });
  }

  private apply(cursor: ChannelCursor, taken: Publication[] | "gap"): void {
    if (taken === "gap") return this.onGap();
    this.gapsInRow = 0;
    if (taken.length === 0) return;
    this.show(taken.reduce(reduce, this.current!));
    for (const publication of taken) this.events.publication(cursor.channel, publication);
  }

  private onGap(): void {
    this.gaps++;
    // Recovery by position that leads to gaps again and again is given up for a snapshot, and that for a new connection, which waits longer each time.
    this.gapsInRow++;
    if (this.gapsInRow < gapsInRowMax) this.rejoin();
    else if (this.gapsInRow === gapsInRowMax) this.replace();
    else this.events.stuck();
  }

  private show(state: RoomState): void {
    this.current = state;
    this.events.changed(state);
  }
}
