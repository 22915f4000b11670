import "./support/dom";
import type { PlaybackVector } from "@whatssound/client";
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Deck } from "../src/player/Deck";
import { Pace } from "../src/player/Pace";

const vector: PlaybackVector = { epoch: 1, revision: 1, entryId: "a", status: "playing", anchorPositionMs: 0, anchorTimeMs: 10_000, ratePermille: 1000, durationMs: 600_000, next: null };

/** An audio element that goes as it is told to, heard as late as its device is, or stays where it is; all in a time of the test's own. */
class FakeDeck {
  nowMs = 0;
  seeks = 0;
  isSeekable = true;
  hasStarved = false;
  isStuck = false;
  heardAfterMs = 0;
  /** Where it has loaded what it needs, and how long it takes elsewhere. */
  loadsInMs = 0;
  audio: Pick<HTMLAudioElement, "currentTime" | "paused" | "ended" | "seeking" | "readyState" | "duration" | "playbackRate">;
  private at = 0;
  private sinceMs = 0;
  private rate = 1;
  private loadedAtMs = 0;
  private unsettled = false;

  constructor(t: TestContext) {
    t.mock.method(performance, "now", () => this.nowMs);
    const deck = this;
    this.audio = {
      paused: true,
      ended: false,
      get seeking() {
        return deck.nowMs < deck.loadedAtMs;
      },
      get readyState() {
        return this.seeking ? 1 : 4;
      },
      duration: 600,
      get playbackRate() {
        return deck.rate;
      },
      set playbackRate(value: number) {
        deck.go(deck.placeMs);
        deck.rate = value;
      },
      get currentTime() {
        // Until it is heard it says that it is further on.
        return Math.max(deck.placeMs, deck.at) / 1000;
      },
      set currentTime(value: number) {
        deck.seeks++;
        deck.loadedAtMs = deck.nowMs + deck.loadsInMs;
        deck.unsettled = true;
        if (!deck.isStuck) deck.go(value * 1000 - (this.paused ? 0 : deck.heardAfterMs + deck.loadsInMs));
      },
    };
  }

  /** What is heard. */
  get placeMs(): number {
    return this.at + (this.audio.paused || this.isStuck ? 0 : (this.nowMs - this.sinceMs) * this.rate);
  }

  go(placeMs: number): void {
    [this.at, this.sinceMs] = [placeMs, this.nowMs];
  }

  play(): void {
    if (!this.audio.paused) return;
    Object.assign(this.audio, { paused: false });
    this.unsettled = true;
    this.go(this.at - this.heardAfterMs - Math.max(0, this.loadedAtMs - this.nowMs));
  }

  pause(): void {
    this.go(this.placeMs);
    Object.assign(this.audio, { paused: true });
  }

  /** Lets time go by, and looks as a player does: as soon as it was told to, or four times a second. */
  follow(pace: Pace, forMs: number, followed = vector): ReturnType<Pace["follow"]> {
    const untilMs = this.nowMs + forMs;
    for (;;) {
      const step = pace.follow(this.asDeck, followed, this.nowMs);
      if (this.unsettled && !this.audio.paused && !this.audio.seeking) pace.onSettled(this.asDeck);
      if (!this.audio.paused && !this.audio.seeking) this.unsettled = false;
      if (this.nowMs >= untilMs) return step;
      const inMs = "inMs" in step ? (step.inMs ?? 250) : 250;
      this.nowMs = Math.min(untilMs, this.nowMs + Math.max(1, inMs), this.loadedAtMs > this.nowMs ? this.loadedAtMs : Infinity);
    }
  }

  get asDeck(): Deck {
    return this as unknown as Deck;
  }
}

const offMs = (deck: FakeDeck): number => Math.abs(deck.placeMs - (deck.nowMs - vector.anchorTimeMs));

test("before its time a song is held where it starts, and it is said when that is", (t) => {
  const deck = new FakeDeck(t);
  const step = new Pace().follow(deck.asDeck, { ...vector, anchorPositionMs: 5_000 }, 9_400);
  assert.deepEqual(step, { kind: "due", inMs: 500 });
  assert.equal(deck.audio.currentTime, 5);
  assert.equal(deck.audio.paused, true);
});

test("a start that was held where it begins moves nothing", (t) => {
  const deck = new FakeDeck(t);
  const pace = new Pace();
  pace.follow(deck.asDeck, vector, 9_000);
  const { seeks } = deck;
  pace.follow(deck.asDeck, vector, 9_904);
  assert.equal(deck.audio.paused, false);
  assert.equal(deck.seeks, seeks);
});

test("a player that does not get where it is put is moved less and less often", (t) => {
  const deck = new FakeDeck(t);
  deck.nowMs = 20_000;
  deck.isStuck = true;
  deck.play();
  deck.follow(new Pace(), 60_000);
  assert.ok(deck.seeks >= 2 && deck.seeks <= 8, `${deck.seeks} seeks in a minute`);
});

test("a song that can only be heard from its beginning is silent elsewhere, and never moved", (t) => {
  const deck = new FakeDeck(t);
  deck.nowMs = 60_000;
  deck.isSeekable = false;
  deck.play();
  const step = deck.follow(new Pace(), 5_000);
  assert.deepEqual(step, { kind: "far" });
  assert.deepEqual([deck.seeks, deck.audio.paused], [0, true]);
});

test("a file that is over before its song is says so, and is not moved past its end", (t) => {
  const deck = new FakeDeck(t);
  deck.nowMs = 60_000;
  Object.assign(deck.audio, { duration: 30 });
  assert.deepEqual(deck.follow(new Pace(), 1_000), { kind: "over", isShort: true });
  assert.equal(deck.seeks, 0);
});

test("a start on a device that is heard later than others is off once, and no more within a second", (t) => {
  const deck = new FakeDeck(t);
  deck.heardAfterMs = 135;
  deck.nowMs = 9_000;
  deck.follow(new Pace(), 2_000);
  assert.equal(deck.seeks, 1);
  assert.ok(offMs(deck) < 3, `${offMs(deck)} ms`);
});

test("what a start took once counts the next time, and a time at which the machine was busy does not", (t) => {
  const deck = new FakeDeck(t);
  const pace = new Pace();
  for (const [heardAfterMs, startLeadMs] of [[160, 160], [162, 161], [400, 162], [158, 161]]) {
    deck.nowMs = 9_000;
    deck.pause();
    deck.heardAfterMs = heardAfterMs!;
    pace.reset();
    deck.follow(pace, 2_000);
    assert.ok(Math.abs(pace.leadsMs.startLeadMs - startLeadMs!) < 1, `${pace.leadsMs.startLeadMs} ms`);
  }
});

test("who comes in the middle hears the song where it is from the first moment, however long its data takes", (t) => {
  const deck = new FakeDeck(t);
  const pace = new Pace();
  deck.heardAfterMs = 100;
  for (const loadsInMs of [0, 200, 400]) {
    deck.pause();
    deck.loadsInMs = loadsInMs;
    deck.nowMs = 60_000 + loadsInMs * 100;
    while (deck.audio.paused) {
      deck.follow(pace, 20);
      // What is near is there by then.
      if (deck.seeks > 0) deck.loadsInMs = Math.min(deck.loadsInMs, 5);
    }
    assert.ok(offMs(deck) < 25, `${offMs(deck)} ms with data that takes ${loadsInMs}`);
  }
});

test("a host that is slow beyond patience is played as its data comes, and then brought to the room", (t) => {
  const deck = new FakeDeck(t);
  const pace = new Pace();
  deck.nowMs = 60_000;
  deck.loadsInMs = 4_000;
  deck.follow(pace, 2_000);
  assert.equal(deck.audio.paused, false);
  deck.loadsInMs = 0;
  deck.follow(pace, 8_000);
  assert.ok(offMs(deck) < 3, `${offMs(deck)} ms`);
});

test("a sound that was interrupted for a moment is where the room is a second later", (t) => {
  for (const lostMs of [15, 35, 90, 900]) {
    const deck = new FakeDeck(t);
    const pace = new Pace();
    deck.nowMs = 9_000;
    deck.heardAfterMs = 100;
    deck.follow(pace, 4_000);
    deck.go(deck.placeMs - lostMs);
    deck.follow(pace, 1_500);
    assert.ok(offMs(deck) < 3, `${offMs(deck)} ms after ${lostMs}`);
  }
});

test("a player that knows its place only coarsely is not taken to jump", (t) => {
  const deck = new FakeDeck(t);
  const pace = new Pace();
  deck.nowMs = 9_000;
  const exact = Object.getOwnPropertyDescriptor(deck.audio, "currentTime")!;
  Object.defineProperty(deck.audio, "currentTime", { ...exact, get: () => Math.floor((exact.get!.call(deck.audio) * 1000) / 40) * 0.04 });
  deck.follow(pace, 3_000);
  const { seeks } = deck;
  deck.follow(pace, 30_000);
  assert.equal(deck.seeks, seeks);
  assert.ok(offMs(deck) < 40, `${offMs(deck)} ms`);
});
