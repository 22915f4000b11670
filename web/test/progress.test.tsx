import { does, show } from "./support/show";
import { fireEvent } from "@testing-library/dom";
import type { PlaybackVector, ServerClock } from "@whatssound/client";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../src/room/playback/Progress";

const clock = { isSet: true, nowMs: () => 20_000 } as ServerClock;
const playing = (entryId: string, revision: number, anchorPositionMs = 10_000): PlaybackVector => ({ epoch: 1, revision, entryId, status: "paused", anchorPositionMs, anchorTimeMs: 0, ratePermille: 1000, durationMs: 60_000, next: null });

/** The bar, what was asked for by it, and what answers that. */
async function shown(vector: PlaybackVector) {
  const asked: [string, number][] = [];
  const answers: ((isDone: boolean) => void)[] = [];
  const onSeek = (entryId: string, positionMs: number): Promise<boolean> => {
    asked.push([entryId, positionMs]);
    return new Promise((resolve) => answers.push(resolve));
  };
  const of = (vector: PlaybackVector) => <Progress vector={vector} clock={clock} onSeek={onSeek} />;
  const page = await show(of(vector));
  const bar = () => page.getByRole("slider") as HTMLInputElement;
  return {
    page,
    bar,
    asked,
    become: (next: PlaybackVector) => page.again(of(next)),
    answer: (isDone: boolean) => does(() => answers.shift()!(isDone)),
    press: (key: string) => does(() => fireEvent.keyDown(bar(), { key })),
    take: () => does(() => fireEvent.pointerDown(bar())),
    drag: (value: number) => does(() => fireEvent.input(bar(), { target: { value: String(value) } })),
    release: (value: number) => does(() => fireEvent.change(bar(), { target: { value: String(value) } })),
  };
}

test("arrow keys add up, and what is asked meanwhile is asked at once when there is an answer", async () => {
  const { page, bar, asked, press, answer, become } = await shown(playing("a", 1));
  for (let i = 0; i < 3; i++) await press("ArrowRight");
  assert.deepEqual(asked, [["a", 15_000]]);
  assert.equal(bar().valueAsNumber, 25_000);
  await answer(true);
  assert.deepEqual(asked, [["a", 15_000], ["a", 25_000]]);
  await become(playing("a", 2, 15_000));
  assert.equal(bar().valueAsNumber, 25_000);
  await answer(true);
  await become(playing("a", 3, 25_000));
  assert.equal(bar().valueAsNumber, 25_000);
  await become(playing("a", 4, 40_000));
  assert.equal(bar().valueAsNumber, 40_000);
  await page.close();
});

test("what was refused is not shown any more", async () => {
  const { page, bar, press, answer } = await shown(playing("a", 1));
  await press("ArrowRight");
  await answer(false);
  assert.equal(bar().valueAsNumber, 10_000);
  await page.close();
});

test("a hand on the bar is of the song on which it began", async () => {
  const { page, asked, take, drag, release, become } = await shown(playing("a", 1));
  await take();
  await drag(30_000);
  await become(playing("b", 2, 0));
  await drag(40_000);
  await release(40_000);
  assert.deepEqual(asked, []);
  await page.close();
});

test("a bar that was only touched can be moved by keys in the next song", async () => {
  const { page, asked, take, press, become } = await shown(playing("a", 1));
  await take();
  await become(playing("b", 2, 0));
  await press("ArrowRight");
  assert.deepEqual(asked, [["b", 5_000]]);
  await page.close();
});
