import { Corrector, positionAt, type PlaybackVector } from "@whatssound/client";
import type { Deck } from "./Deck";
import { Landing, lookEveryMs, type Landed } from "./Landing";
import { Lead } from "./Lead";

const moveIntervalFirstMs = 1_000;
const moveIntervalMostMs = 30_000;
const movesAtOnceMax = 2;
/** After that a player that was put somewhere is heard, and may be asked where. */
const measureAfterMs = 150;
const heldToleranceMs = 40;
/** What a start takes in a browser on an ordinary machine, until this one's is known. */
const usualStartMs = 100;
/** How far ahead of the room a silent player is put that is to begin at once, and how long its data is waited for before it plays as it comes. */
const aimFirstMs = 250;
const aimsMax = 3;
const aimPatienceMs = 1_500;
const aheadMostMs = 2_000;
/** One that has its data is late by less only because it was not let go in time: it begins at once. */
const nearMs = 1_000;
/** Right after a break in the sound a speed that is off by 5 % for half a second is hardly heard, unlike another break. */
const slewRate = 0.05;
const slewFromMs = 2;
const slewMostMs = 40;
const slewsMax = 3;
const rateMost = 0.015;
/** No player drifts so far from one look to the next: its sound was interrupted, or it is wanted elsewhere. */
const jumpMs = 10;
const tailMs = 1_000;
const qualitySmoothing = 0.2;
const unseekableToleranceMs = 1_000;

/**
 * What the audio is to do next, and in how many milliseconds it is to be looked at again: `due` then it starts; `far` it should be elsewhere and cannot go there; `over` the song is over, or all of it
 * that there is.
 */
export type Step = { kind: "due"; inMs: number } | { kind: "playing" | "waiting"; inMs?: number } | { kind: "far" } | { kind: "over"; isShort: boolean };

/** Keeps a deck where the room is: has it ready ahead of its time and starts it then, brings it the rest of the way by its speed, and moves it where that is not enough. It learns how late this device starts and moves, and does both earlier by it. */
export class Pace {
  private readonly corrector = new Corrector();
  private readonly startLead = new Lead(() => usualStartMs);
  private readonly moveLead = new Lead(() => this.startLead.ms);
  private settledAtMs = Infinity;
  /** Until it is known where a start or a move has put it. `lead`: what is learned from that; `knownMs`: what it was known to be late. */
  private landing: { readings: Landing; lead: Lead | null; knownMs: number } | null = null;
  private slewsUntilMs: number | null = null;
  private slews = 0;
  private aims: { count: number; sinceMs: number } | null = null;
  private heldAtMs = NaN;
  private lastMoveMs = -Infinity;
  private movesInVain = 0;
  private lastErrorMs = NaN;
  private noiseMs = 0;
  private quality: number | null = null;

  /** How far the sound is from where it should be, on average, in milliseconds; null where it is not known. */
  get errorMs(): number | null {
    return this.quality;
  }

  get leadsMs(): { startLeadMs: number; seekLeadMs: number } {
    return { startLeadMs: this.startLead.ms, seekLeadMs: this.moveLead.ms };
  }

  /** Another song, or another deck. */
  reset(): void {
    this.putAside();
    this.landing = null;
    this.aims = null;
    this.movesInVain = 0;
    this.lastMoveMs = -Infinity;
    this.heldAtMs = NaN;
  }

  /** Silent, and where it will start. */
  hold(deck: Deck, positionMs: number): void {
    deck.pause();
    this.quality = null;
    this.aims = null;
    const { audio } = deck;
    const isThere = positionMs === this.heldAtMs && Math.abs(audio.currentTime * 1000 - positionMs) <= heldToleranceMs;
    if (deck.isSeekable && !isThere) audio.currentTime = positionMs / 1000;
    this.heldAtMs = positionMs;
  }

  /** Brings the deck to where a vector is at a room time. */
  follow(deck: Deck, vector: PlaybackVector, nowMs: number): Step {
    const { audio } = deck;
    const inMs = vector.anchorTimeMs - this.startLead.ms - nowMs;
    if (inMs > 0) {
      this.hold(deck, vector.anchorPositionMs);
      return { kind: "due", inMs };
    }
    const positionMs = positionAt(vector, nowMs);
    if (positionMs >= vector.durationMs) {
      deck.pause();
      return { kind: "over", isShort: false };
    }
    // NaN until the length is known.
    if (positionMs >= audio.duration * 1000 - (audio.ended ? tailMs : 0)) return { kind: "over", isShort: true };
    if (!deck.isSeekable && Math.abs(positionMs - audio.currentTime * 1000) > unseekableToleranceMs) {
      deck.pause();
      return { kind: "far" };
    }
    const roomRate = vector.ratePermille / 1000;
    if (audio.paused || audio.ended) return this.start(deck, vector, nowMs, roomRate);
    if (audio.seeking || audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return { kind: "waiting" };
    if (this.slewsUntilMs !== null) return this.slew(deck, roomRate);
    const settlesInMs = this.settledAtMs - performance.now();
    if (settlesInMs > 0) return { kind: "waiting", ...(settlesInMs < Infinity && { inMs: settlesInMs }) };
    return this.correct(deck, positionMs, roomRate);
  }

  /** The audio goes: from soon on its position tells something. */
  onSettled(deck: Deck): void {
    if (!deck.audio.paused) this.settledAtMs = performance.now() + measureAfterMs;
  }

  /** A silent player is put ahead of the room, and begins when the room is there: how long it takes to load what it needs there makes no difference. */
  private start(deck: Deck, vector: PlaybackVector, nowMs: number, roomRate: number): Step {
    const { audio } = deck;
    this.heldAtMs = NaN;
    const heardMs = positionAt(vector, nowMs + this.startLead.ms);
    const aheadMs = audio.currentTime * 1000 - heardMs;
    const isLoaded = !audio.seeking && audio.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
    if (!audio.ended && aheadMs > 0 && aheadMs <= aheadMostMs) return { kind: "due", inMs: aheadMs / roomRate };
    const isInPlace = !audio.ended && (!deck.isSeekable || (aheadMs <= 0 && aheadMs >= -slewMostMs));
    const isNear = isLoaded && !audio.ended && Math.abs(aheadMs) < nearMs;
    if (!isNear) {
      const aimed = this.aim(deck, isLoaded, heardMs, roomRate);
      if (aimed) return aimed;
    }
    if (isInPlace) this.begin(isLoaded ? this.startLead : null, -aheadMs);
    else this.moveTo(deck, positionAt(vector, nowMs) + this.moveLead.ms);
    audio.playbackRate = roomRate;
    deck.play();
    return { kind: "waiting" };
  }

  /** Null where it is no use: some players load only what they play. */
  private aim(deck: Deck, isLoaded: boolean, heardMs: number, roomRate: number): Step | null {
    const { audio, isSeekable } = deck;
    this.aims ??= { count: 0, sinceMs: performance.now() };
    const { count, sinceMs } = this.aims;
    if (performance.now() - sinceMs > aimPatienceMs || (isLoaded && count >= aimsMax)) return null;
    if (!isLoaded && (count > 0 || !isSeekable || audio.readyState < HTMLMediaElement.HAVE_METADATA)) return { kind: "waiting" };
    this.aims.count++;
    const inMs = aimFirstMs * 2 ** count;
    // Where the song had ended it would go on from there by itself.
    deck.pause();
    audio.currentTime = (heardMs + inMs * roomRate) / 1000;
    return { kind: "due", inMs };
  }

  private correct(deck: Deck, positionMs: number, roomRate: number): Step {
    const { audio } = deck;
    const errorMs = positionMs - audio.currentTime * 1000;
    if (deck.hasStarved || Math.abs(errorMs - this.lastErrorMs) > jumpMs + 2 * this.noiseMs) this.lookAnew();
    deck.hasStarved = false;
    this.lastErrorMs = errorMs;
    if (this.landing) return this.land(deck, errorMs, positionMs, roomRate);
    this.quality = this.quality === null ? Math.abs(errorMs) : this.quality + qualitySmoothing * (Math.abs(errorMs) - this.quality);
    const correction = this.corrector.correct(errorMs);
    if (correction.kind === "seek") this.lookAnew();
    audio.playbackRate = roomRate * (correction.kind === "rate" ? correction.rate : correction.kind === "seek" ? 1 + Math.sign(errorMs) * rateMost : 1);
    return { kind: "playing" };
  }

  private land(deck: Deck, errorMs: number, positionMs: number, roomRate: number): Step {
    const { readings, lead, knownMs } = this.landing!;
    const landed = readings.take(errorMs, performance.now());
    if (!landed) return { kind: "playing", inMs: lookEveryMs };
    if (lead) lead.learn(lead.ms + landed.errorMs - knownMs);
    this.landing = null;
    this.lastErrorMs = NaN;
    this.noiseMs = landed.noiseMs;
    this.quality = Math.abs(landed.errorMs);
    return this.bring(deck, landed, positionMs, roomRate);
  }

  private bring(deck: Deck, { errorMs, noiseMs }: Landed, positionMs: number, roomRate: number): Step {
    const offMs = Math.abs(errorMs);
    if (offMs > slewMostMs && deck.isSeekable && this.mayMove()) {
      this.movesInVain++;
      this.moveTo(deck, positionMs + this.moveLead.ms);
      return { kind: "waiting" };
    }
    if (offMs > slewMostMs) return { kind: "playing" };
    this.movesInVain = 0;
    deck.audio.playbackRate = roomRate;
    if (offMs <= slewFromMs + noiseMs || this.slews >= slewsMax) return { kind: "playing" };
    this.slews++;
    this.slewsUntilMs = performance.now() + offMs / slewRate;
    deck.audio.playbackRate = roomRate * (1 + Math.sign(errorMs) * slewRate);
    return this.slew(deck, roomRate);
  }

  /** Faster or slower until it should be there, and then another look. */
  private slew({ audio }: Deck, roomRate: number): Step {
    const inMs = this.slewsUntilMs! - performance.now();
    if (inMs > 0) return { kind: "playing", inMs };
    audio.playbackRate = roomRate;
    this.slewsUntilMs = null;
    this.settledAtMs = performance.now() + measureAfterMs;
    this.landing = noLesson();
    return { kind: "playing", inMs: measureAfterMs };
  }

  /** Less and less often where it does not help: a player that moves all the time is heard by nobody. */
  private mayMove(): boolean {
    if (this.movesInVain < movesAtOnceMax) return true;
    return performance.now() - this.lastMoveMs >= Math.min(moveIntervalMostMs, moveIntervalFirstMs * 2 ** (this.movesInVain - movesAtOnceMax));
  }

  private moveTo({ audio }: Deck, positionMs: number): void {
    this.lastMoveMs = performance.now();
    this.begin(this.moveLead, 0);
    audio.currentTime = positionMs / 1000;
  }

  private begin(lead: Lead | null, knownMs: number): void {
    this.putAside();
    this.aims = null;
    this.landing = { readings: new Landing(), lead, knownMs };
    this.slews = 0;
  }

  /** What was known of where it is holds no more. */
  private putAside(): void {
    this.quality = null;
    this.settledAtMs = Infinity;
    this.slewsUntilMs = null;
    this.lastErrorMs = NaN;
    this.corrector.reset();
  }

  private lookAnew(): void {
    if (this.landing) return;
    this.landing = noLesson();
    this.slews = 0;
    this.corrector.reset();
  }
}

/** What comes of it says nothing of how long starts or moves take. */
const noLesson = () => ({ readings: new Landing(), lead: null, knownMs: 0 });
