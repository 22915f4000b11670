// Where the system has its own colours: what is chosen is told by them as well.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, song, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("in forced colours", { skip }, () => {
  let server;
  let browser;
  let others = [];
  let ann;

  before(async () => {
    server = await startServer();
    browser = await launch();
    const roomId = unique("colours");
    const owner = await Window.open(browser, "Owner", server.url);
    const url = await owner.openRoom(roomId);
    // So many that one vote does not skip a song.
    others = await Promise.all(["bob", "cyd", "dan"].map((name) => enter(server, new URL(url).pathname.split("/").pop(), unique(name), { name })));
    await others[0].client.command("Enqueue", others[0].roomId, { tracks: [song("one")] });
    ann = await Window.open(browser, "Ann", url, { viewport: { width: 390, height: 844 }, forcedColors: "active", reducedMotion: "reduce" });
    await ann.inRoom();
  });

  after(async () => {
    await Promise.all(others.map((program) => program.client.stop()));
    await browser?.close();
    await server?.stop();
  });

  /** The colours of what a selector finds, and those that the system has for what is chosen. */
  const coloursOf = (selector) =>
    ann.page.evaluate((selector) => {
      const of = (element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color];
      const chosen = document.body.appendChild(document.createElement("i"));
      chosen.style.cssText = "forced-color-adjust: none; background: Highlight; color: HighlightText";
      const colours = { chosen: of(chosen), found: of(document.querySelector(selector)) };
      chosen.remove();
      return colours;
    }, selector);

  const looksChosen = async (selector) => {
    await ann.page.waitForSelector(selector);
    const { chosen, found } = await coloursOf(selector);
    assert.deepEqual(found, chosen, selector);
  };

  test("the chosen tab looks chosen, and the others do not", async () => {
    await looksChosen('.tabs button[aria-pressed="true"]');
    const { chosen, found } = await coloursOf('.tabs button[aria-pressed="false"]');
    assert.notDeepEqual(found, chosen);
  });

  test("a vote to skip looks cast", async () => {
    await ann.page.waitForSelector(".skip-vote");
    // A song has its first seconds.
    await ann.until((page) => page.positionMs > 12_000);
    await ann.page.click(".skip-vote");
    await looksChosen('.skip-vote[aria-pressed="true"]');
  });

  test("the page of the room's menu that is shown looks chosen", async () => {
    await ann.page.click("button[aria-haspopup=dialog]");
    await looksChosen('.sheet-pages button[aria-current="page"]');
  });
});
