import type { PlaybackVector, RoomConnection } from "@whatssound/client";
import type { Deck } from "./Deck";
import type { Step } from "./Pace";
import { faults, passing } from "./trouble";

const againMs = 10_000;
const patienceMs = 60_000;
/** So long nothing may be heard of a song that has not begun. */
const beginPatienceMs = 20_000;
const latencyEveryMs = 60_000;
const readyMax = 4;

/** Tells the room what this player finds: that it has a song, that the song is over before its time, that it cannot be played. What enough members say of a song ends it. */
export class Reports {
  private readonly readySaid = new Set<string>();
  private said = { what: "", atMs: -Infinity };
  private latencySaidAtMs = -Infinity;
  private troubled: { entryId: string; sinceMs: number } | null = null;
  private begun: string | null = null;
  private silent: { entryId: string; sinceMs: number } | null = null;

  constructor(private readonly connection: RoomConnection) {}

  /** @param isWanted whether this device is to be heard at all */
  say(vector: PlaybackVector, deck: Deck, step: Step, isWanted: boolean): void {
    const entryId = vector.entryId!;
    this.sayLatency();
    if (deck.isReady) this.sayReady(entryId);
    if (step.kind === "over" && step.isShort) this.sayAgain("ReportEnded", entryId);
    if (this.isAtFault(deck, entryId) || this.isSilent(deck, entryId, step, isWanted)) this.sayAgain("ReportUnplayable", entryId);
  }

  /** Also of the song that is next. */
  sayReady(entryId: string): void {
    if (this.readySaid.has(entryId)) return;
    this.readySaid.add(entryId);
    if (this.readySaid.size > readyMax) this.readySaid.delete([...this.readySaid][0]!);
    void this.connection.hint("ReportReady", { entryId });
  }

  /** How far ahead a room announces its starts follows from it. */
  private sayLatency(): void {
    const { clock } = this.connection;
    if (!clock.isSet || performance.now() - this.latencySaidAtMs < latencyEveryMs) return;
    this.latencySaidAtMs = performance.now();
    void this.connection.hint("ReportLatency", { oneWayMs: Math.round(clock.quality.leastDelayMs / 2) });
  }

  /** A host that is away for a minute is no passing trouble any more; the player goes on trying, and the others decide. */
  private isAtFault({ trouble }: Deck, entryId: string): boolean {
    if (!trouble || this.troubled?.entryId !== entryId) this.troubled = trouble ? { entryId, sinceMs: performance.now() } : null;
    return trouble !== null && (faults.has(trouble) || (passing.has(trouble) && performance.now() - this.troubled!.sinceMs > patienceMs));
  }

  /** Nothing comes of it, or too little, and no error either, while the server is heard: where it is not, the network is bad. A song that is loaded anew is as silent as before. */
  private isSilent({ trouble, isReady }: Deck, entryId: string, { kind }: Step, isWanted: boolean): boolean {
    if (kind === "playing") this.begun = entryId;
    const mayBe = isWanted && !isReady && !trouble && this.connection.state === "live" && (kind === "waiting" || kind === "due");
    if (!mayBe || this.silent?.entryId !== entryId) this.silent = mayBe && kind === "waiting" ? { entryId, sinceMs: performance.now() } : null;
    return this.silent !== null && performance.now() - this.silent.sinceMs >= (this.begun === entryId ? patienceMs : beginPatienceMs);
  }

  /** Once in a while, as it may be lost. */
  private sayAgain(method: "ReportEnded" | "ReportUnplayable", entryId: string): void {
    const what = method + entryId;
    if (this.said.what === what && performance.now() - this.said.atMs < againMs) return;
    this.said = { what, atMs: performance.now() };
    void this.connection.hint(method, { entryId });
  }
}
