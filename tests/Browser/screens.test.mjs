import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { violationsOf, withAxe } from "./support/Shape.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("what is opened in a room, and a room without a pointer", { skip }, () => {
  let server;
  let browser;
  let ann;
  let roomId;
  let program;

  before(async () => {
    server = await startServer();
    browser = await launch();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await withAxe(context);
    ann = await Window.on(await context.newPage(), "Ann", server.url);
  });

  after(async () => {
    await program?.client.stop();
    await browser?.close();
    await server?.stop();
  });

  test("all that can be said of a new room is for everybody", async () => {
    await ann.page.waitForSelector("#room-name");
    await ann.page.click("text=More about it");
    assert.deepEqual(await violationsOf(ann.page), []);
  });

  test("a room with everything in it is for everybody", async () => {
    roomId = new URL(await ann.openRoom("Everything")).pathname.split("/").pop();
    program = await enter(server, roomId, unique("averyveryverylongnamewithoutaspace"), { name: "Averyveryverylongnamewithoutaspaceatall" });
    await ann.add("Night Bus");
    await ann.add("Tin Robot");
    // The queue is to be the same to the end.
    await ann.page.click('[aria-label="Pause for everybody"]');
    await program.client.command("SendChat", roomId, { text: `hello @Ann https://songs.example/${"x".repeat(80)}`, mentions: [(await ann.read()).userId] });
    await ann.textsUpTo(`hello @Ann https://songs.example/${"x".repeat(80)}`);
    await ann.page.click('[aria-label^="Why Tin Robot is there"]');
    await ann.page.waitForSelector(".reason");
    await ann.page.click('[aria-label^="What to do about Avery"]');
    await ann.page.click('.person-actions >> text="Ban"');
    await ann.page.click('[aria-label^="What to do with the message of Avery"]');
    await ann.page.waitForSelector(".line-actions >> text=Reply");
    assert.deepEqual(await violationsOf(ann.page), []);
  });

  test("each page of the room's menu is for everybody", async () => {
    await ann.page.click("text=Room menu");
    for (const name of ["You", "Played", "Invites", "Moderation", "Roles", "Settings"]) {
      await ann.page.click(`.sheet-pages >> text="${name}"`);
      await ann.page.waitForSelector(".sheet label, .sheet .records, .sheet .muted, .sheet p");
      assert.deepEqual(await violationsOf(ann.page), [], name);
    }
    await ann.page.keyboard.press("Escape");
    await ann.page.waitForSelector('button:focus:has-text("Room menu")');
  });

  test("by keyboard alone somebody comes in, adds a song, votes and says hello", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${server.url}/r/${roomId}`);
    await page.waitForSelector("#name:focus");
    await page.keyboard.type("Key");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:focus");
    const tabTo = async (name) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((wanted) => (document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent).includes(wanted), name)) return;
      }
      throw new Error(`no way to ${name} by keyboard`);
    };
    await page.waitForSelector('.house button:has-text("Paper Boats")');
    await tabTo("Paper Boats");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-testid=queue] strong:has-text('Paper Boats')");
    // The focus is where it was.
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Paper Boats/);
    await tabTo("Vote Tin Robot up");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[aria-label="Vote Tin Robot up"][aria-pressed=true]');
    await page.waitForSelector("#message");
    for (let i = 0; i < 80 && !(await page.evaluate(() => document.activeElement.id === "message")); i++) await page.keyboard.press("Tab");
    await page.keyboard.type("hello");
    await page.keyboard.press("Enter");
    await ann.textsUpTo("hello");
    await page.context().close();
  });

  test("what each vote changes is shown, and announced to nobody", async () => {
    await ann.page.evaluate(() => {
      window.announced = [];
      const elementOf = (node) => (node instanceof Element ? node : node.parentElement);
      const regionOf = (node) => elementOf(node)?.closest("[role=status], [role=alert], [role=log], output, [aria-live]:not([aria-live=off])");
      // A text that is set to what it was is none that readers hear of.
      const isChange = ({ type, target, oldValue }) => type === "childList" || target.data !== oldValue;
      const look = (changes) => window.announced.push(...changes.filter((change) => isChange(change) && regionOf(change.target)).map(({ target }) => regionOf(target).outerHTML.slice(0, 200)));
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
    });
    // The vote of before is in a frame that may come after what was said.
    await ann.until(({ room }) => room.queue.window.find(({ track }) => track.title === "Tin Robot").score === 2);
    const { queue } = (await ann.read()).room;
    for (const { entryId, track, score } of [queue.current, ...queue.window]) {
      await program.client.command("Vote", roomId, { entryId, value: 1 });
      await ann.page.waitForFunction(([title, shown]) => document.querySelector(`[aria-label="Votes for ${title}"]`).textContent.includes(shown), [track.title, String(score + 1)]);
    }
    assert.deepEqual(await ann.page.evaluate(() => window.announced), []);
  });

  test("the parts of a room have the names and roles that readers announce", async () => {
    for (const [role, name] of [["region", "Now playing"], ["region", "Next up"], ["region", "Here now"], ["region", "Chat"], ["log", "Messages"], ["combobox", "Message"], ["button", "Send"], ["slider", "Position in the song"], ["slider", "Volume, for you only"], ["heading", "Everything"], ["group", "Votes for Tin Robot"]]) {
      assert.equal(await ann.page.getByRole(role, { name, exact: true }).count(), 1, `${role} ${name}`);
    }
  });

  test("no page had an error", () => assert.deepEqual(ann.errors, []));
});
