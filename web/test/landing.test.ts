import assert from "node:assert/strict";
import { test } from "node:test";
import { Landing, lookEveryMs } from "../src/player/Landing";

/** What a landing says of readings, one after the other. */
function take(errorsMs: number[]): ReturnType<Landing["take"]>[] {
  const landing = new Landing();
  return errorsMs.map((errorMs, i) => landing.take(errorMs, i * lookEveryMs));
}

test("a player is believed once it says the same three times, not while what it says still moves", () => {
  const said = take([-7, -20, -20, -41, -73, -98, -98.2, -98.1]);
  assert.deepEqual(said.map((landed) => landed && Math.round(landed.errorMs)), [null, null, null, null, null, null, null, -98]);
});

test("looks at one moment are one look", () => {
  const landing = new Landing();
  assert.deepEqual([0, 0, 0, 1, 2].map((atMs) => landing.take(5, atMs)), [null, null, null, null, null]);
});

test("one that never says the same is taken by what it says on average, and how much it differs is said, too", () => {
  const said = take(Array.from({ length: 16 }, (_, i) => (i % 2 ? 10 : -10)));
  assert.deepEqual(said.slice(0, -1).filter(Boolean), []);
  assert.deepEqual(said.at(-1), { errorMs: 0, noiseMs: 20 });
});
