import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openRoom, unique } from "../Gateway/npm/support/rooms.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { PlayingPage } from "./support/PlayingPage.mjs";
import { serverWithSongs } from "./support/songRooms.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** In one room an echo is heard from about 30 ms. */
const echoMs = 30;
const everyMs = 50;
const looksCount = 20;
const songSeconds = 120;
const settleMostMs = 90_000;

/** What all of them wrote down while each was where it wants to be: one that the machine has held up finds back, and then all are looked at again. */
async function settledAtOnce(pages) {
  const untilMs = performance.now() + settleMostMs;
  for (;;) {
    const looks = await Promise.all(pages.map((page) => page.settledLooks(looksCount)));
    if (looks.every(Boolean)) return looks;
    if (performance.now() > untilMs) throw new Error(`In ${settleMostMs / 1_000} s they were not where they want to be at one time; these are: ${looks.map(Boolean)}.`);
    await setTimeout(everyMs);
  }
}

describe("three windows on devices whose clocks are hours apart", { skip }, () => {
  let server;
  let browser;

  before(async () => {
    server = await serverWithSongs();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("are heard as one", async (t) => {
    const { roomId, host } = await openRoom(server, unique("clocks"), unique("host"));
    const url = server.songs.add("long", { seconds: songSeconds });
    await host.client.command("Enqueue", roomId, { tracks: [{ url, title: "Long", durationMs: songSeconds * 1_000 }] });
    const pages = await Promise.all([1, 2, 3].map((seed) => PlayingPage.open(browser, { address: `${server.url}/r/${roomId}`, seed, everyMs, clockErrorMostMs: 5 })));
    const settled = await settledAtOnce(pages);

    const ahead = settled.map((looks) => looks.map((look) => look.aheadMs).toSorted((a, b) => a - b)[looksCount / 2]);

    const apartMs = Math.max(...ahead) - Math.min(...ahead);
    t.diagnostic(`${apartMs.toFixed(1)} ms apart, with clocks compared to within ${Math.max(...pages.map((page) => page.clockWithinMs)).toFixed(1)} ms`);
    assert.ok(apartMs < echoMs, `${apartMs} ms apart`);
    await host.client.stop();
  });
});
