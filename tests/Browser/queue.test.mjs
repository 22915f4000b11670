import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, song, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { costsOf, nineOfTen } from "./support/frames.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** A frame that takes longer is seen. */
const frameMs = 50;

describe("the queue", { skip }, () => {
  let server;
  let browser;
  let ann;
  let bob;
  let roomId;
  let programs = [];

  before(async () => {
    server = await startServer();
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    roomId = new URL(await ann.openRoom("Long queue")).pathname.split("/").pop();
    bob = await Window.open(browser, "Bob", `${server.url}/r/${roomId}`);
    await bob.inRoom();
    programs = await Promise.all(["cyd", "dan", "eve"].map((name) => enter(server, roomId, unique(name), { name })));
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.client.stop()));
    await browser?.close();
    await server?.stop();
  });

  /** Ann undoes what she did to a song: what she did before that may be offered still when the others have seen this. */
  const undo = (title) => ann.page.click(`.undo:has-text("${title}") >> text=Undo`);

  const add = (program, titles) => program.client.command("Enqueue", roomId, { tracks: titles.map((title) => song(title)) });

  test("a song says why it is there, is put first, and that is undone", async () => {
    // It is there to the end: a song that ended would take the next one out of the queue.
    await programs[0].client.command("Enqueue", roomId, { tracks: [song("current", 3_600_000)] });
    await add(programs[0], ["one", "two"]);
    await add(programs[1], ["three"]);
    await ann.untilQueue(["three", "one", "two"]);
    await bob.page.click('[aria-label^="Why two is there"]');
    await bob.page.waitForSelector(".reason:has-text('Place 3 of 3.'):has-text('song number 2.')");
    assert.equal(await bob.page.locator("text=Play it next").count(), 0);
    await ann.page.click('[aria-label^="Why two is there"]');
    await ann.page.click("text=Play it next");
    await bob.untilQueue(["two", "three", "one"]);
    await bob.page.waitForSelector(".reason:has-text('Ann put it first.')");
    await undo("two");
    await bob.untilQueue(["three", "one", "two"]);
    await ann.page.click('[aria-label^="Why two is there"]');
  });

  test("what is removed comes back, and another order is another order for everybody", async () => {
    await ann.page.click('[aria-label="Remove three"]');
    await bob.untilQueue(["one", "two"]);
    await undo("three");
    await bob.untilQueue(["three", "one", "two"]);
    await bob.page.waitForSelector(".queue-mode summary:has-text('Everybody in turn')");
    await ann.page.click(".queue-mode summary");
    await ann.page.selectOption(".queue-mode select", "fifo");
    await bob.page.waitForSelector(".queue-mode summary:has-text('first come, first played')");
    await bob.untilQueue(["one", "two", "three"]);
  });

  test("500 songs are all read, and scroll without a frame that is seen", async (t) => {
    await ann.page.evaluate(() => window.__whatssound.connection.act("SetQueueMode", { songsPerUserMax: 200 }));
    for (const [i, program] of programs.entries()) await add(program, Array.from({ length: i === 2 ? 170 : 160 }, (_, n) => `${program.client.name} ${n}`));
    // With those of before. The last of them come to the page after their answers have come to the programs.
    const total = 493;
    await ann.until((page, total) => page.room.queue.total === total, total);
    await ann.page.click("text=Show all");
    await ann.page.waitForSelector("text=Show the first only");
    await ann.page.waitForFunction((count) => document.querySelectorAll(".entries ol").length === Math.ceil(count / 10), total);
    await ann.page.hover("[data-testid=queue]");
    const costs = await costsOf(ann.page, Array.from({ length: 30 }, () => () => ann.page.mouse.wheel(0, 700)));
    await ann.page.mouse.wheel(0, 100_000);
    await ann.page.waitForSelector("[data-testid=queue] strong:has-text('eve 169')");
    t.diagnostic(`${total} songs; nine of ten within ${nineOfTen(costs).toFixed(1)} ms a frame of scrolling`);
    assert.ok(nineOfTen(costs) < frameMs, costs.map(Math.round).join());
  });

  test("no page had an error", () => {
    assert.deepEqual([...ann.errors, ...bob.errors], []);
  });
});
