import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CutProxy } from "../Gateway/npm/support/CutProxy.mjs";
import { enter, say, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { clockOf, positionAt } from "../Gateway/npm/support/time.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";
const screenshots = mkdtempSync(join(tmpdir(), "whatssound-screenshots-"));

describe("two windows and two programs in one room", { skip }, () => {
  let server;
  let browser;
  let proxy;
  let ann;
  let bob;
  let roomId;
  let programs = [];

  before(async () => {
    server = await startServer();
    browser = await launch();
    proxy = await CutProxy.open(server.url);
    ann = await Window.open(browser, "Ann", server.url);
    const address = await ann.openRoom("Friday night");
    roomId = new URL(address).pathname.split("/").pop();
    bob = await Window.open(browser, "Bob", `${proxy.url}/r/${roomId}`);
    await bob.inRoom();
    programs = [await enter(server, roomId, unique("cyd"), { name: "Cyd" }), await enter(server, roomId, unique("dan"), { name: "Dan" })];
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.client.stop()));
    await browser?.close();
    await proxy?.close();
    await server?.stop();
  });

  /** For a person to look at. */
  const shoot = (window, name) => window.page.screenshot({ path: join(screenshots, `${name}.png`) });

  test("everybody sees who is here, and who is host", async () => {
    for (const window of [ann, bob]) {
      await window.page.waitForFunction(() => document.querySelectorAll("[data-testid=people] li").length === 4);
      const people = await window.page.locator("[data-testid=people] .person").allTextContents();
      assert.deepEqual(people.toSorted(), ["Ann", "Bob", "Cyd", "Dan"]);
      assert.equal(await window.page.locator("[data-testid=people] li:has(.host) .person").textContent(), "Ann");
    }
  });

  test("a song is heard in sync", async () => {
    await ann.add("Paper Boats");
    const isHeard = (page) => page.vector?.status === "playing" && page.audio.currentTimeMs > 500 && Math.abs(page.audio.currentTimeMs - page.positionMs) < 50;
    await Promise.all([ann.until(isHeard), bob.until(isHeard)]);

    // A window that is held up between two things that it reads is read again.
    let a;
    await bob.until((b) => {
      const positions = Math.abs(a.positionMs - a.wallMs - (b.positionMs - b.wallMs));
      const sounds = Math.abs(a.audio.currentTimeMs - a.wallMs - (b.audio.currentTimeMs - b.wallMs));
      return positions < 50 && sounds < 100;
    }, null, async () => void (a = await ann.read()));

    // So is a program, whose probes may all have been held up.
    await programs[0].until("the vector", (program) => program.vector.revision >= a.vector.revision);
    let clock;
    await ann.until(
      (a) => {
        const ofProgram = positionAt(programs[0].vector, clock(performance.now())) - (performance.timeOrigin + performance.now());
        return Math.abs(ofProgram - (a.positionMs - a.wallMs)) < 50;
      },
      null,
      async () => void (clock = await clockOf(programs[0].client)),
    );
    // The song is to be there while the queue is looked at.
    await ann.page.click('[aria-label="Pause for everybody"]');
    await ann.until((page) => page.vector.status === "paused");
  });

  test("chat goes all ways, in one order", async () => {
    await ann.say("Hello from Ann");
    await bob.textsUpTo("Hello from Ann");
    await bob.say("Hello from Bob");
    await ann.textsUpTo("Hello from Bob");
    await say(programs[0], "Hello from Cyd");
    await ann.textsUpTo("Hello from Cyd");
    await say(programs[1], "Hello from Dan, with a line that is rather long, so that it has to be broken somewhere in a narrow window");
    const texts = await Promise.all([ann, bob].map((window) => window.textsUpTo("Hello from Dan, with a line that is rather long, so that it has to be broken somewhere in a narrow window")));
    for (const program of programs) await program.until("four messages", () => program.messages.length === 4);
    assert.deepEqual(texts[0].map((text) => text.slice(0, 14)), ["Hello from Ann", "Hello from Bob", "Hello from Cyd", "Hello from Dan"]);
    assert.deepEqual(texts[1], texts[0]);
    for (const program of programs) assert.deepEqual(program.messages.map((message) => message.text), texts[0]);
  });

  test("an added song appears everywhere, and votes reorder the queue", async () => {
    await ann.add("Night Bus");
    await bob.untilQueue(["Night Bus"]);
    await ann.add("Tin Robot");
    for (const window of [ann, bob]) await window.untilQueue(["Night Bus", "Tin Robot"]);
    await bob.page.click('[aria-label="Vote Tin Robot up"]');
    for (const window of [ann, bob]) await window.untilQueue(["Tin Robot", "Night Bus"]);
    for (const program of programs) await program.until("the order turned", () => program.newestQueue.window[0]?.track.title === "Tin Robot");
    await bob.page.waitForSelector('[aria-label="Vote Tin Robot up"][aria-pressed=true]');
    await bob.page.click('[aria-label="Vote Tin Robot up"]');
    for (const window of [ann, bob]) await window.untilQueue(["Night Bus", "Tin Robot"]);
    await Promise.all([shoot(ann, "host-desktop-light"), shoot(bob, "listener-desktop-light")]);
    await ann.page.click('[aria-label="Play for everybody"]');
    for (const window of [ann, bob]) await window.until((page) => page.vector.status === "playing");
  });

  test("a pause is a pause for everybody, and play goes on together", async () => {
    await ann.page.click('[aria-label="Pause for everybody"]');
    const isPaused = (page) => page.vector.status === "paused" && page.audio.isPaused && Math.abs(page.audio.currentTimeMs - page.positionMs) < 60;
    await Promise.all([ann.until(isPaused), bob.until(isPaused)]);
    const [a, b] = await Promise.all([ann.read(), bob.read()]);
    assert.equal(a.positionMs, b.positionMs);
    await ann.page.click('[aria-label="Play for everybody"]');
    const isHeard = (page) => page.vector.status === "playing" && !page.audio.isPaused && Math.abs(page.audio.currentTimeMs - page.positionMs) < 100;
    await Promise.all([ann.until(isHeard), bob.until(isHeard)]);
  });

  test("a window whose connection is cut comes back by itself, with everything in between", async () => {
    proxy.cut();
    await bob.connection("reconnecting");
    await shoot(bob, "listener-reconnecting");
    await ann.say("Can Bob hear this?");
    await ann.say("Or this?");
    await ann.textsUpTo("Or this?");
    proxy.restore();
    await bob.connection("recovered", "lost");
    await shoot(bob, "listener-recovered");
    assert.deepEqual(await bob.textsUpTo("Or this?"), await ann.textsUpTo("Or this?"));
    await bob.say("I am back");
    assert.deepEqual((await ann.textsUpTo("I am back")).length, 7);
    await bob.connection("live");
    const { gaps, duplicates } = await bob.read();
    assert.deepEqual({ gaps, duplicates }, { gaps: 0, duplicates: 0 });
  });

  test("who comes by link is asked for a tap where the browser wants one, and then hears the song in sync", async () => {
    const tab = await bob.again(bob.page.url());
    await tab.until((page) => page.audio.needsTap);
    await shoot(tab, "tap-to-listen");
    await tab.page.click("text=Tap to listen");
    await tab.until((page) => page.vector.status === "playing" && !page.audio.isPaused && Math.abs(page.audio.currentTimeMs - page.positionMs) < 50);
    await tab.page.waitForSelector('[data-testid=member-total]:text-is("4")');
    await tab.close();
  });

  test("who opens the link in a tab behind others gets in", async () => {
    const tab = await bob.againInBackground(bob.page.url());
    assert.deepEqual(tab.errors, []);
    await tab.close();
  });

  test("a song by its address is added with its length", async () => {
    await ann.page.click("text=Add a link to a song");
    await ann.page.fill("[type=url]", `${server.url}/tracks/morning-glass.wav`);
    await ann.page.click(".add-address button");
    // It plays at once where the others are over.
    await bob.until((page) => [page.room.queue.current, ...page.room.queue.window].some((entry) => entry?.track.title === "morning glass" && entry.track.durationMs > 28_000 && entry.track.durationMs < 29_000));
  });

  test("what is refused is said", async () => {
    await ann.page.evaluate(() => window.__whatssound.connection.request("ListRooms", { max: 0 }).catch((error) => (window.refused = error.code)));
    assert.equal(await ann.page.evaluate(() => window.refused), "BAD_REQUEST");
    await ann.page.goto(`${server.url}/r/${unique("nowhere")}`);
    await ann.page.waitForSelector("text=There is no such room.");
    await ann.page.goto(`${server.url}/r/${roomId}`);
    await ann.inRoom();
  });

  test("nothing is wider than a phone, light and dark", async (t) => {
    for (const [colorScheme, width] of [["light", 360], ["dark", 390]]) {
      const phone = await Window.open(browser, `Eve ${colorScheme}`, `${server.url}/r/${roomId}`, { viewport: { width, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme });
      await phone.inRoom();
      for (const panel of ["Queue", "Chat", "People"]) {
        await phone.page.click(`.tabs button:has-text("${panel}")`);
        const widest = await phone.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(widest <= width, `${panel} is ${widest} wide`);
        await shoot(phone, `phone-${colorScheme}-${panel.toLowerCase()}`);
      }
      assert.deepEqual(phone.errors, []);
      await phone.close();
    }
    t.diagnostic(`screenshots: ${screenshots}`);
  });

  test("no page had an error", () => {
    assert.deepEqual([...ann.errors, ...bob.errors], []);
  });
});
