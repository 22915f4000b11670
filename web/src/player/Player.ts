import type { PlaybackVector, RoomConnection } from "@whatssound/client";
import { alarm } from "../app/Alarm";
import { songAddress } from "../app/connection";
import { Deck } from "./Deck";
import { keepLoudness, readLoudness, type Loudness } from "./Loudness";
import { Outputs } from "./Outputs";
import { Pace, type Step } from "./Pace";
import { Reports } from "./Reports";
import { silence } from "./silence";
import { SleepWatch } from "./SleepWatch";
import { Supply } from "./Supply";
import { trackOf } from "./trackOf";
import type { Trouble } from "./trouble";

/** What the page shows of the player. */
export interface PlayerView extends Loudness {
  /** The browser wants a tap before it lets a page make sound. */
  needsTap: boolean;
  /** Stopped on this device alone: by its person, by headphones that were pulled out, by a call. */
  isHeld: boolean;
  trouble: Trouble | null;
  /** How far the sound is from where it should be, in whole milliseconds; null while nothing is heard. */
  syncMs: number | null;
  /** How much later than the player says this device is heard. */
  offsetMs: number;
}

const tickMs = 250;

/**
 * Plays the room's song where the room is in it. Everything follows from the playback vector and the clock: it keeps no position of its own, so it is right again
 * after a stall, a sleep or a reconnect. It has two decks: one plays, the other has the song that is next.
 */
export class Player {
  private readonly pace = new Pace();
  private readonly supply = new Supply();
  private readonly reports: Reports;
  private readonly outputs = new Outputs((isGone) => (isGone ? this.hold(true) : this.show({ offsetMs: this.outputs.offsetMs })));
  private readonly sleep: SleepWatch;
  private deck = this.newDeck();
  private standby = this.newDeck();
  private callOff = (): void => undefined;
  private isPrimed = false;
  private readonly isWanted = (): boolean => !this.current.isHeld && !this.current.needsTap && this.connection.clock.isSet;
  private current: PlayerView = { needsTap: false, isHeld: false, trouble: null, syncMs: null, offsetMs: 0, ...readLoudness() };

  constructor(
    private readonly connection: RoomConnection,
    private readonly onView: (view: PlayerView) => void,
  ) {
    this.reports = new Reports(connection);
    this.sleep = new SleepWatch(() => connection.reconnect());
    this.setLoudness({});
    this.current.offsetMs = this.outputs.offsetMs;
    // Whoever came in by a click may never touch the room.
    if (navigator.userActivation?.hasBeenActive) this.prime();
  }

  get view(): PlayerView {
    return this.current;
  }

  stop(): void {
    this.callOff();
    this.outputs.stop();
    this.deck.clear();
    this.standby.clear();
  }

  /** To be called from a click or a key: then the browser allows sound, also later. */
  tap(): void {
    if (this.isPrimed && !this.current.needsTap) return;
    this.isPrimed = true;
    this.prime();
    if (this.current.needsTap) this.show({ needsTap: false });
    this.sync();
  }

  private prime(): void {
    for (const deck of [this.deck, this.standby]) deck.prime(silence());
  }

  /** The network is back, or the page is seen again. */
  wake(): void {
    this.deck.hurry();
    this.sync();
  }

  /** Stops and goes on for this device alone; the room goes on. */
  hold(isHeld: boolean): void {
    this.show({ isHeld, offsetMs: this.outputs.offsetMs });
    this.sync();
  }

  setLoudness(change: Partial<Loudness>): void {
    const { volume, isMuted } = { ...this.current, ...change };
    for (const { audio } of [this.deck, this.standby]) Object.assign(audio, { volume, muted: isMuted });
    if (Object.keys(change).length > 0) keepLoudness({ volume, isMuted });
    this.show({ volume, isMuted });
  }

  setOffset(ms: number): void {
    this.outputs.offsetMs = ms;
    this.show({ offsetMs: this.outputs.offsetMs });
    this.sync();
  }

  /** What the audio elements do, for tests. */
  report(): object {
    const { audio, entryId } = this.deck;
    return {
      entryId,
      currentTimeMs: audio.currentTime * 1000,
      isPaused: audio.paused,
      rate: audio.playbackRate,
      next: this.standby.entryId,
      isNextReady: this.standby.isReady,
      errorMs: this.pace.errorMs,
      ...this.pace.leadsMs,
      ...this.current,
    };
  }

  /** Brings the audio to where the room is. Idempotent; runs on every change, and four times a second while something plays. */
  sync(): void {
    this.callOff();
    const vector = this.connection.room?.playback;
    if (!vector?.entryId || vector.status === "idle") return this.unload();
    this.load(vector);
    const step = this.step(vector);
    this.watch(vector, step);
    this.reports.say(vector, this.deck, step, this.isWanted() && vector.status === "playing");
    if (this.standby.isReady) this.reports.sayReady(this.standby.entryId!);
    this.prepare(vector.entryId);
    if (vector.status === "playing") this.callOff = alarm.after("inMs" in step ? (step.inMs ?? tickMs) : tickMs, () => this.sync());
  }

  private step(vector: PlaybackVector): Step {
    this.sleep.look();
    const { entryId, trouble } = this.deck;
    if (entryId !== vector.entryId || (trouble && trouble !== "unseekable")) return { kind: "waiting" };
    if (!this.isWanted()) this.deck.pause();
    else if (vector.status === "playing") return this.pace.follow(this.deck, vector, this.connection.clock.nowMs() + this.current.offsetMs);
    else this.pace.hold(this.deck, vector.anchorPositionMs);
    return { kind: "waiting" };
  }

  private load(vector: PlaybackVector): void {
    if (this.deck.entryId === vector.entryId) return;
    if (this.standby.entryId === vector.entryId) {
      [this.deck, this.standby] = [this.standby, this.deck];
      this.standby.clear();
    } else {
      const track = trackOf(this.connection.room!, vector.entryId!);
      if (!track) return this.deck.clear();
      this.deck.load(vector.entryId!, songAddress(this.connection, track.url));
    }
    this.supply.reset();
    this.pace.reset();
  }

  /**
   * The song that is next is loaded once the one that plays needs the network no more. The queue says which: the vector's hint is as old as the vector, and a song may have been added or removed since.
   */
  private prepare(playing: string | null): void {
    const [next] = this.connection.room!.queue.window;
    if (!next || next.entryId === playing || this.standby.entryId === next.entryId) return;
    if (this.deck.isReady || this.deck.trouble) this.standby.load(next.entryId, songAddress(this.connection, next.track.url));
  }

  private watch(vector: PlaybackVector, step: Step): void {
    const { errorMs } = this.pace;
    const syncMs = errorMs === null ? null : Math.round(errorMs + this.connection.clock.quality.errorMs);
    this.show({ trouble: this.supply.troubleOf(this.deck, step, vector.durationMs), syncMs });
  }

  private unload(): void {
    this.deck.clear();
    this.standby.clear();
    this.pace.reset();
    this.show({ trouble: null, syncMs: null });
  }

  private newDeck(): Deck {
    const deck: Deck = new Deck({
      changed: () => this.sync(),
      settled: () => deck === this.deck && this.pace.onSettled(deck),
      pausedOutside: (isPaused) => deck === this.deck && this.hold(isPaused),
      refused: () => deck === this.deck && this.show({ needsTap: true }),
    });
    return deck;
  }

  private show(change: Partial<PlayerView>): void {
    const changed = { ...this.current, ...change };
    if ((Object.keys(changed) as (keyof PlayerView)[]).every((key) => changed[key] === this.current[key])) return;
    this.current = changed;
    this.onView(changed);
  }
}
