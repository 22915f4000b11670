import { click, does, show } from "./support/show";
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { fireEvent } from "@testing-library/dom";
import { clickEveryMs } from "../src/player/clicks";
import type { Player, PlayerView } from "../src/player/Player";
import { Calibration } from "../src/room/playback/Calibration";

const view: PlayerView = { needsTap: false, isHeld: false, trouble: null, syncMs: 3, offsetMs: 0, volume: 1, isMuted: false };

/** A player that keeps what it is told, and an audio element whose time is the test's. */
function device(t: TestContext) {
  const told: unknown[] = [];
  const audio = { currentTime: 0, paused: false, loop: false, play: () => Promise.resolve(), pause: () => undefined };
  const frames: (() => void)[] = [];
  t.mock.method(globalThis, "requestAnimationFrame", (frame: () => void) => frames.push(frame));
  t.mock.method(globalThis, "Audio", function () {
    return audio;
  });
  const player = { hold: (isHeld: boolean) => told.push(isHeld), setOffset: (ms: number) => told.push(ms) } as unknown as Player;
  const at = (ms: number) => does(() => {
    audio.currentTime = ms / 1000;
    frames.splice(0).forEach((frame) => frame());
  });
  return { told, player, at };
}

test("the light comes the offset after the click, and the song is silent meanwhile", async (t) => {
  const { told, player, at } = device(t);
  const page = await show(<Calibration view={{ ...view, offsetMs: 150 }} player={player} />);
  const isLit = () => page.container.querySelector(".light")!.getAttribute("data-lit") === "true";
  await click(await page.findByText("Play clicks"));
  await at(5 * clickEveryMs + 20);
  assert.equal(isLit(), false);
  await at(5 * clickEveryMs + 170);
  assert.equal(isLit(), true);
  await click(page.getByText("Back to the song"));
  assert.deepEqual(told, [true, false]);
  await page.close();
});

test("who goes away while it clicks hears the song again", async (t) => {
  const { told, player } = device(t);
  const page = await show(<Calibration view={view} player={player} />);
  await click(await page.findByText("Play clicks"));
  await page.close();
  assert.deepEqual(told, [true, false]);
});

test("how late a device is follows the hand", async (t) => {
  const { told, player } = device(t);
  const page = await show(<Calibration view={view} player={player} />);
  const bar = await page.findByRole("slider");
  await does(() => fireEvent.input(bar, { target: { value: "120" } }));
  assert.deepEqual(told, [120]);
  await page.close();
});
