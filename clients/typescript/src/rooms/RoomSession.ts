import { Follower, type Attached, type Positions, type Source } from "../channels/Follower.js";
import type { Ground } from "../connection/Ground.js";
import type { Position, Publication, Recovery, Verdict } from "../protocol/channels.js";
import { join, snapshot } from "../protocol/results.js";
import type { Snapshot } from "../protocol/rooms.js";
import { reduce } from "./reduce.js";
import { stateOf, type RoomState } from "./RoomState.js";

/** What a session tells. */
export interface RoomSessionEvents {
  changed(state: RoomState): void;
  publication(channel: string, publication: Publication): void;
  recovery(recovery: RoomRecovery): void;
}

/** How a session came to its present state. */
export interface RoomRecovery {
  verdict: Verdict;
  /** How many missed publications were applied; 0 unless recovered. */
  applied: number;
}

/** Follows one room: its channels together, which `JoinRoom` attaches, and a snapshot wherever they begin anew. */
export class RoomSession implements Source {
  private current: RoomState | null = null;

  /** Follows the room's channels. */
  readonly follower: Follower;

  constructor(
    readonly roomId: string,
    /** What it is joined with: `info`, and what lets in. */
    private readonly asked: object,
    private readonly ground: Ground,
    private readonly events: RoomSessionEvents,
  ) {
    this.follower = new Follower(this, {
      publications: (channel, publications) => this.apply(channel, publications),
      attached: ({ verdict }, applied) => events.recovery({ verdict, applied }),
      stuck: () => ground.drop(),
    });
  }

  /** Null until joined. */
  get state(): RoomState | null {
    return this.current;
  }

  /** Joins, or on a new connection joins again with the positions it has. */
  join(): Promise<void> {
    return this.follower.attach();
  }

  /** Changes the state by what no publication tells. */
  update(change: (state: RoomState) => RoomState): void {
    if (this.current) this.show(change(this.current));
  }

  async attach(since: Positions | null): Promise<Attached> {
    const request = { roomId: this.roomId, commandId: this.ground.newId(), queueOrder: true, ...this.asked, ...(since && { since }) };
    const joined = await this.ground.invoke("JoinRoom", request, join);
    return joined.snapshot ? this.at(joined.snapshot, joined.verdict) : { verdict: joined.verdict, recoveries: joined.recoveries };
  }

  async restart(): Promise<Attached> {
    return this.at(await this.ground.invoke("GetSnapshot", { roomId: this.roomId }, snapshot), "lost");
  }

  private at(taken: Snapshot, verdict: Verdict): Attached {
    const recoveries = Object.entries(taken.positions).map(([channel, position]) => beginning(channel, position, verdict));
    return { verdict, recoveries, replace: () => this.show(stateOf(taken)) };
  }

  private apply(channel: string, publications: Publication[]): void {
    this.show(publications.reduce(reduce, this.current!));
    for (const publication of publications) this.events.publication(channel, publication);
  }

  private show(state: RoomState): void {
    this.current = state;
    this.events.changed(state);
  }
}

function beginning(channel: string, position: Position, verdict: Verdict): Recovery {
  return { channel, position, verdict, class: "ordered", lostFrom: null, lostTo: null, publications: [] };
}
