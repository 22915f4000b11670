import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, openRoom, unique } from "../Gateway/npm/support/rooms.mjs";
import { chromiumFile } from "./support/browser.mjs";
import { HiddenTabs } from "./support/HiddenTabs.mjs";
import { listenIn } from "./support/listenIn.mjs";
import { isInSync, serverWithSongs } from "./support/songRooms.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** Holds up the page's own timers once it is told to, as browsers do for longer and longer where nobody sees or hears a page. */
function holdTimers() {
  window.areTimersHeld = false;
  for (const name of ["setTimeout", "setInterval"]) {
    const set = window[name];
    window[name] = (callback, ms, ...values) => set(() => window.areTimersHeld || callback(...values), ms);
  }
}

describe("a tab that nobody sees", { skip }, () => {
  let server;
  let tabs;
  let ann;
  let program;

  before(async () => {
    server = await serverWithSongs();
    tabs = await HiddenTabs.open();
    const { roomId, host } = await openRoom(server, "hidden", unique("host"));
    program = host;
    const page = await tabs.newPage();
    await page.addInitScript(listenIn);
    await page.addInitScript(holdTimers);
    ann = await Window.on(page, "Ann", `${server.url}/r/${roomId}`);
    await ann.inRoom();
  });

  after(async () => {
    await program?.client.stop();
    await tabs?.close();
    await server?.stop();
  });

  const add = (name) => program.client.command("Enqueue", program.roomId, { tracks: [{ url: server.songs.add(name), title: name, durationMs: 60_000 }] });

  const startOf = (window, url) => window.page.evaluate((url) => window.heard.find((event) => event.type === "playing" && event.url === url), url);

  test("a start after a long silence is heard in time, though the page's own timers are held up", async () => {
    await tabs.hide(ann.page);
    await ann.page.evaluate(() => (window.areTimersHeld = true));
    await add("late");
    await ann.until(isInSync);
    const { vector, wallMs, roomTimeMs } = await ann.read();
    const start = await startOf(ann, `${server.songs.origin}/late.wav`);
    const lateMs = start.wallMs - (vector.anchorTimeMs - roomTimeMs + wallMs);
    assert.ok(Math.abs(lateMs) < 300, `the start was heard ${lateMs} ms late`);
  });
});
