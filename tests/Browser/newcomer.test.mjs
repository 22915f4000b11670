// Somebody new, on a phone, on a network that goes away.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";
const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const fingerPx = 44;
/** So long into a song nobody votes to skip it: 5 s, and what clocks may differ by. */
const skipGuardMs = 5_200;

describe("somebody new, on a phone", { skip }, () => {
  let server;
  let browser;
  let hanna;
  let url;
  let roomId;
  let bob;
  let mia;

  before(async () => {
    server = await startServer();
    browser = await launch();
    hanna = await Window.open(browser, "Hanna", server.url);
    url = await hanna.openRoom("Friday night, slow songs");
    roomId = new URL(url).pathname.split("/").pop();
    bob = await enter(server, roomId, unique("bob"), { name: "Bob" });
    await hanna.page.evaluate(() => window.__whatssound.connection.enqueue([{ url: "/tracks/night-bus.wav?long", title: "Long", artist: "Somebody of a very long name indeed, and her band", durationMs: 600_000 }]));
    await hanna.until((page) => page.vector.status === "playing");
    await bob.client.command("Enqueue", roomId, { tracks: [{ url: "/tracks/tin-robot.wav", title: "Tin Robot", durationMs: 600_000 }] });
  });

  after(async () => {
    await bob?.client.stop();
    await browser?.close();
    await server?.stop();
  });

  const boxOf = (selector) => mia.page.locator(selector).first().boundingBox();

  test("an invitation says to what: the room, who is there and what plays", async () => {
    const page = await (await browser.newContext({ ...phone, permissions: ["clipboard-read", "clipboard-write"] })).newPage();
    mia = new Window("Mia", page);
    // The list is of some seconds ago.
    const invitation = page.locator("[data-testid=invitation]", { hasText: "2 listeners" }).filter({ hasText: "Long" });
    do {
      await page.goto(url);
      await page.waitForSelector("h1:has-text('Friday night, slow songs')");
    } while ((await invitation.count()) === 0);
    await page.fill("#name", "Mia");
    await page.click("button[type=submit]");
    await mia.inRoom();
  });

  test("the name of the room is there to its end, the focus is where nobody sees it, and the queue is in sight", async () => {
    await mia.page.waitForSelector(".entry");
    const { isWhole, outline } = await mia.page.evaluate(() => {
      const title = document.querySelector("h1");
      return { isWhole: title === document.activeElement && title.scrollWidth <= title.clientWidth && title.scrollHeight <= title.clientHeight + 1, outline: getComputedStyle(title).outlineStyle };
    });
    assert.deepEqual({ isWhole, outline }, { isWhole: true, outline: "none" });
    const { y } = await boxOf(".entry .entry-text");
    assert.ok(y < phone.viewport.height, `the first song of the queue begins at ${y} px`);
  });

  test("what a finger is to hit is large enough", async () => {
    const small = [];
    for (const tab of await mia.page.locator(".tabs button").all()) {
      await tab.click();
      small.push(
        ...(await mia.page.locator("button, summary, select, input[type=range]").evaluateAll(
          (all, least) =>
            all.flatMap((element) => {
              const { width, height } = element.getBoundingClientRect();
              return width > 0 && (width < least || height < least) ? [`${element.outerHTML.slice(0, 90)}: ${width}x${height}`] : [];
            }),
          fingerPx,
        )),
      );
    }
    await mia.page.click(".tabs button >> nth=0");
    assert.deepEqual(small, []);
  });

  test("nothing moves when somebody reacts or votes, and one's own vote can be seen", async () => {
    await mia.page.waitForSelector('[aria-label^="React to the song with 🔥"]');
    const before = await boxOf(".tabs");
    await mia.page.click('[aria-label^="React to the song with 🔥"]');
    await mia.page.waitForSelector('[aria-label^="🔥, 1: react to the song"]');
    // One press once it can be voted away: a second one before the answer would take the vote back.
    await mia.until((page, guardMs) => page.positionMs > guardMs, skipGuardMs);
    await mia.page.click(".skip-vote");
    await mia.page.waitForSelector(".skip-vote[aria-pressed=true]");
    await mia.page.click("text=Take back my vote");
    await mia.page.waitForSelector(".skip-vote[aria-pressed=false]");
    await mia.page.click('[aria-label="Vote Long up"]');
    await mia.page.waitForSelector('[aria-label="Vote Long up"][aria-pressed=true]');
    assert.deepEqual(await boxOf(".tabs"), before);
    // The colour comes by and by.
    await mia.page.waitForFunction(() => {
      const [mine, other] = [...document.querySelectorAll(".now-foot .votes button")].map((button) => getComputedStyle(button).backgroundColor);
      return mine !== other;
    });
  });

  test("without a network the page says so at once, what is added waits, and it is back as soon as there is one", async () => {
    await mia.page.context().setOffline(true);
    await mia.page.waitForSelector(".badge[data-state=offline]:has-text('No network')", { timeout: 5_000 });
    await mia.page.click('.house button:has-text("Paper Boats")');
    await mia.page.waitForSelector(".add:has-text('Waiting to be added') [aria-busy=true]");
    const before = await boxOf(".tabs");
    await mia.page.context().setOffline(false);
    await mia.page.waitForSelector(".entry:has-text('Paper Boats')");
    await mia.page.waitForSelector(".house [aria-busy=true]", { state: "detached" });
    await mia.page.waitForSelector('.badge:text-is("Live")');
    assert.deepEqual(await boxOf(".tabs"), before);
  });

  test("who is in the room is not told over it that their song comes next", async () => {
    // Her song is the next: the other one has gone.
    await hanna.page.click('[aria-label="Remove Tin Robot"]');
    await mia.until(({ room }) => room.queue.window[0]?.track.title === "Paper Boats");
    await hanna.page.evaluate((text) => window.__whatssound.connection.act("SendChat", { text }), "now");
    await mia.textsUpTo("now");
    assert.equal(await mia.page.locator(".notices li").count(), 0);
  });

  test("a listener's menu has no page that is empty", async () => {
    await mia.page.getByRole("button", { name: "Room menu" }).click();
    await mia.page.waitForSelector("text=Your role: listener");
    assert.deepEqual(await mia.page.locator(".sheet-pages button").allTextContents(), ["You", "Played"]);
    await mia.page.keyboard.press("Escape");
  });

  test("who is sent out comes in again by a button", async () => {
    const { userId } = await mia.read();
    await hanna.page.evaluate((ofUserId) => window.__whatssound.connection.act("Kick", { ofUserId, forMs: 60_000 }), userId);
    await mia.page.waitForSelector("text=You were sent out of this room.");
    await mia.page.waitForSelector("button:has-text('Try again')");
  });

  test("no page had an error", () => assert.deepEqual([...hanna.errors, ...mia.errors], []));
});
