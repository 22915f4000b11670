import type { PlaybackVector, RoomConnection } from "@whatssound/client";
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Deck } from "../src/player/Deck";
import type { Step } from "../src/player/Pace";
import { Reports } from "../src/player/Reports";
import type { Trouble } from "../src/player/trouble";

/** A player that finds the same for a time, and what it has told its room. */
function told(t: TestContext, found: { trouble?: Trouble; isReady?: boolean; step?: Step }, forMs: number): string[] {
  let nowMs = 0;
  t.mock.method(performance, "now", () => nowMs);
  const hints: string[] = [];
  const connection = { clock: { isSet: true, quality: { leastDelayMs: 61 } }, hint: (method: string, body: object) => hints.push(`${method} ${Object.values(body)[0]}`) };
  const reports = new Reports(connection as unknown as RoomConnection);
  const deck = { trouble: found.trouble ?? null, isReady: found.isReady ?? false } as Deck;
  for (; nowMs < forMs; nowMs += 250) reports.say({ entryId: "a" } as PlaybackVector, deck, found.step ?? { kind: "playing" }, true);
  return hints.filter((hint) => !hint.startsWith("ReportLatency") || found.isReady);
}

/** What is heard second by second, while the connection is in a state. */
function toldOf(t: TestContext, seconds: { kind: Step["kind"]; state?: string; isWanted?: boolean }[]): string[] {
  let nowMs = 0;
  t.mock.method(performance, "now", () => nowMs);
  const hints: string[] = [];
  const connection = { state: "live", clock: { isSet: false }, hint: (method: string) => hints.push(`${method} at ${nowMs / 1000} s`) };
  const reports = new Reports(connection as unknown as RoomConnection);
  const deck = { trouble: null, isReady: false } as Deck;
  for (const { kind, state = "live", isWanted = true } of seconds) {
    connection.state = state;
    reports.say({ entryId: "a" } as PlaybackVector, deck, { kind } as Step, isWanted);
    nowMs += 1_000;
  }
  return hints;
}

const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

test("a song of which nothing is heard in twenty seconds is told, however often it is loaded anew meanwhile", (t) => {
  const waiting = times(12, { kind: "waiting" as const });
  assert.deepEqual(toldOf(t, times(20, waiting[0]!)), []);
  assert.deepEqual(toldOf(t, [...waiting, { kind: "due" }, ...waiting]), ["ReportUnplayable at 20 s"]);
});

test("a song that was heard and stops coming is told after a minute", (t) => {
  const waiting = { kind: "waiting" as const };
  assert.deepEqual(toldOf(t, [{ kind: "playing" }, ...times(60, waiting)]), []);
  assert.deepEqual(toldOf(t, [{ kind: "playing" }, ...times(62, waiting)]), ["ReportUnplayable at 61 s"]);
  assert.deepEqual(toldOf(t, [...times(15, waiting), { kind: "playing" }, ...times(15, waiting)]), []);
});

test("whose own network is bad, or who wants to hear nothing, holds it against no song", (t) => {
  const waiting = { kind: "waiting" as const };
  assert.deepEqual(toldOf(t, times(90, { ...waiting, state: "reconnecting" })), []);
  assert.deepEqual(toldOf(t, Array.from({ length: 90 }, (_, second) => ({ ...waiting, state: second % 15 === 0 ? "reconnecting" : "live" }))), []);
  assert.deepEqual(toldOf(t, times(90, { ...waiting, isWanted: false })), []);
});

test("a song that is there is said once, and how late this device is once a minute", (t) => {
  assert.deepEqual(told(t, { isReady: true }, 61_000), ["ReportLatency 31", "ReportReady a", "ReportLatency 31"]);
});

test("a song that is at fault is said at once, and again now and then, as it may be lost", (t) => {
  for (const trouble of ["gone", "undecodable", "unplayable"] as const) assert.deepEqual(told(t, { trouble }, 19_000), ["ReportUnplayable a", "ReportUnplayable a"]);
});

test("a host that is away is no fault of a song, until it has been away for a minute", (t) => {
  assert.deepEqual(told(t, { trouble: "unavailable" }, 60_000), []);
  assert.deepEqual(told(t, { trouble: "unreachable" }, 62_000), ["ReportUnplayable a"]);
});

test("a file that is over before its time is said, and a song that is over in time is not", (t) => {
  assert.deepEqual(told(t, { step: { kind: "over", isShort: true } }, 5_000), ["ReportEnded a"]);
  assert.deepEqual(told(t, { step: { kind: "over", isShort: false } }, 5_000), []);
});

test("what can only be heard from the beginning is not held against a song", (t) => {
  assert.deepEqual(told(t, { trouble: "unseekable", step: { kind: "far" } }, 90_000), []);
});
