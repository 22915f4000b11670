import assert from "node:assert/strict";
import { test } from "node:test";
import { Corrector, isNewer, OutputOffsets, positionAt, type PlaybackVector } from "../src/index.js";

const vector: PlaybackVector = {
  epoch: 1,
  revision: 5,
  entryId: "e",
  status: "playing",
  anchorPositionMs: 1_000,
  anchorTimeMs: 50_000,
  ratePermille: 1000,
  durationMs: 30_000, next: null,
};

test("the position follows the vector, between 0 and the duration", () => {
  assert.equal(positionAt(vector, 52_500), 3_500);
  assert.equal(positionAt(vector, 999_999), 30_000);
  assert.equal(positionAt({ ...vector, ratePermille: 500 }, 52_000), 2_000);
});

test("before a scheduled start, and when paused, the position is the anchor", () => {
  assert.equal(positionAt(vector, 49_000), 1_000);
  assert.equal(positionAt({ ...vector, status: "paused" }, 60_000), 1_000);
});

test("vectors are ordered by epoch, then revision", () => {
  assert.ok(isNewer({ ...vector, revision: 6 }, vector));
  assert.ok(isNewer({ ...vector, epoch: 2, revision: 1 }, vector));
  assert.ok(!isNewer(vector, vector));
});

test("under 5 ms nothing is done, up to 100 ms the speed changes by at most 1.5 %, above it seeks", () => {
  assert.deepEqual(new Corrector().correct(4), { kind: "none" });
  assert.deepEqual(new Corrector().correct(20), { kind: "rate", rate: 1.01 });
  assert.deepEqual(new Corrector().correct(-20), { kind: "rate", rate: 0.99 });
  assert.deepEqual(new Corrector().correct(90), { kind: "rate", rate: 1.015 });
  assert.deepEqual(new Corrector().correct(-101), { kind: "seek" });
});

test("a player that starts 90 ms late is within 5 ms after 15 s", () => {
  const corrector = new Corrector();
  let errorMs = 90;
  for (let step = 0; step < 60; step++) {
    const correction = corrector.correct(errorMs);
    assert.notEqual(correction.kind, "seek");
    errorMs -= correction.kind === "rate" ? (correction.rate - 1) * 250 : 0;
  }
  assert.ok(Math.abs(errorMs) < 6, `${errorMs} ms`);
});

test("an error that is none is no reason to do anything, and not remembered", () => {
  const corrector = new Corrector();
  assert.deepEqual(corrector.correct(NaN), { kind: "none" });
  assert.deepEqual(corrector.correct(20), { kind: "rate", rate: 1.01 });
});

test("a device that is heard late has a player that is ahead, and is known again after a reload", () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const offsets = new OutputOffsets(storage);
  offsets.set("headphones", 180);
  offsets.set("far", 9_999);
  offsets.set("odd", NaN);
  const reloaded = new OutputOffsets(storage);
  assert.deepEqual(["headphones", "far", "odd", "other"].map((device) => reloaded.of(device)), [180, 2_000, 0, 0]);
  assert.equal(positionAt(vector, 52_500 + reloaded.of("headphones")), 3_680);
});

test("storage that throws, or has what nobody wrote, does no harm", () => {
  const broken = {
    getItem: (key: string) => {
      if (key.endsWith("odd")) return "far";
      throw new Error("forbidden");
    },
    setItem: () => {
      throw new Error("full");
    },
  };
  const offsets = new OutputOffsets(broken);
  offsets.set("headphones", 180);
  assert.deepEqual(["headphones", "other", "odd"].map((device) => offsets.of(device)), [180, 0, 0]);
});
