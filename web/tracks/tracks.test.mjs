import assert from "node:assert/strict";
import { test } from "node:test";
import { songs } from "./catalog.mjs";
import { muLawOf, sampleRate, wavOf } from "./wav.mjs";

test("each song is 20 to 60 s long, loud enough, not clipped, and the same each time", () => {
  for (const song of songs) {
    const samples = song.render();
    const seconds = samples.length / sampleRate;
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.ok(seconds >= 20 && seconds <= 60, `${song.id}: ${seconds} s`);
    assert.ok(peak > 0.6 && peak <= 0.75, `${song.id}: peak ${peak}`);
    assert.deepEqual(wavOf(song.render()), wavOf(samples));
  }
});

test("µ-law codes are those of G.711", () => {
  assert.equal(muLawOf(0), 0xff);
  assert.equal(muLawOf(1), 0x80);
  assert.equal(muLawOf(-1), 0x00);
});
