// Where somebody is who uses the keyboard or a screen reader, after what they have pressed has gone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, song, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { act } from "./support/songRooms.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("the focus", { skip }, () => {
  let server;
  let browser;
  let ann;
  let bob;
  let eve;
  let roomId;

  before(async () => {
    server = await startServer();
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    roomId = new URL(await ann.openRoom("Focus")).pathname.split("/").pop();
    bob = await enter(server, roomId, unique("bob"), { name: "Bob" });
    await ann.page.waitForSelector("#message");
  });

  after(async () => {
    await bob?.client.stop();
    await eve?.client.stop();
    await browser?.close();
    await server?.stop();
  });

  const focused = () => ann.page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
  const at = (name) => ann.page.waitForFunction((name) => (document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent).startsWith(name), name);
  const press = async (selector) => {
    await ann.page.locator(selector).first().focus();
    await ann.page.keyboard.press("Enter");
  };

  test("is on Send after a message was sent by it", async () => {
    await ann.page.fill("#message", "hello");
    await press('[aria-label="Send"]');
    await ann.textsUpTo("hello");
    assert.equal(await focused(), "Send");
  });

  test("is at the message after a reaction to it, and after it was taken back", async () => {
    const more = '[aria-label="What to do with the message of Ann"]';
    await press(more);
    await ann.page.waitForSelector(".line-actions");
    await press('.line-actions [aria-label^="React with"]');
    await at("What to do with the message of Ann");
    await press(more);
    await press(".line-actions >> text=Take back");
    await ann.page.waitForSelector(".deleted");
    assert.equal(await ann.page.evaluate(() => document.activeElement.matches(".message")), true);
  });

  test("is at the next song after one was removed, and at the offer to undo after that was taken", async () => {
    await bob.client.command("Enqueue", roomId, { tracks: [song("now"), song("next")] });
    await ann.page.waitForSelector('[data-entry]:has-text("next")');
    await ann.add("Night Bus");
    await ann.page.waitForSelector('[aria-label="Remove Night Bus"]');
    await press('[aria-label="Remove Night Bus"]');
    await ann.untilQueue(["next"]);
    await at("Why next is there");
    await press(".undo >> text=Undo");
    await ann.page.waitForSelector('[aria-label="Remove Night Bus"]');
    assert.equal(await ann.page.evaluate(() => document.activeElement.matches(".undo")), true);
  });

  test("goes with a song over the tenth place, and what is open stays so", async () => {
    eve = await enter(server, roomId, unique("eve"), { name: "Eve" });
    for (const [program, name] of [[bob, "b"], [eve, "e"]]) await program.client.command("Enqueue", roomId, { tracks: Array.from({ length: 7 }, (_, i) => song(name + i)) });
    await ann.until((page) => page.room.queue.window.length === 16);
    const [, , , , , , , , , , , eleventh] = (await ann.read()).room.queue.window;
    await ann.page.evaluate(() => document.querySelector(".queue").scrollTo(0, 500));
    const more = `[data-entry="${eleventh.entryId}"] [aria-expanded]`;
    await press(more);
    await ann.page.waitForSelector(".entry-details");
    const placeOf = () => ann.page.evaluate((id) => [...document.querySelectorAll("[data-entry]")].findIndex(({ dataset }) => dataset.entry === id), eleventh.entryId);
    assert.equal(await placeOf(), 11);
    for (const { entryId } of (await ann.read()).room.queue.window.slice(0, 3)) {
      await act(ann, "removeEntry", entryId);
      await ann.page.waitForSelector(`[data-entry="${entryId}"]`, { state: "detached" });
    }
    assert.equal(await placeOf(), 8);
    assert.match(await focused(), new RegExp(`^Why ${eleventh.track.title} is there`));
    assert.equal(await ann.page.locator(more).getAttribute("aria-expanded"), "true");
  });

  test("is at the heading of the front page after the room was left", async () => {
    await ann.page.click("text=Room menu");
    await press("text=Leave the room");
    await ann.page.waitForSelector("h1:focus");
    assert.match(await focused(), /Ann/);
  });
});
