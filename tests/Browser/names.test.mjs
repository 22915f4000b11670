// What guests call themselves, and names that a server does not take.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** A letter that is nothing but a gap, and one that turns round what follows. */
const refused = ["\u3164", "Mia\u202E"];
const wrong = "That name cannot be used";

describe("a guest's name", { skip }, () => {
  let server;
  let browser;
  let mia;
  let url;

  before(async () => {
    server = await startServer();
    browser = await launch();
    const owner = await Window.open(browser, "Owner", server.url);
    url = await owner.openRoom("Names");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("is asked for again where the server refuses it, also after a reload", async () => {
    const page = await (await browser.newContext()).newPage();
    mia = new Window("Mia", page);
    await page.goto(url);
    for (const name of refused) {
      await page.fill("#name", name);
      await page.click("button[type=submit]");
      await page.waitForSelector(`[role=alert]:has-text("${wrong}")`);
      await page.waitForSelector("#name:focus");
    }
    await page.reload();
    await page.waitForSelector(`[role=alert]:has-text("${wrong}")`);
    await page.fill("#name", "Mia");
    await page.click("button[type=submit]");
    await mia.inRoom();
  });

  test("is kept as it is where the server refuses another one, and the refusal stands in the dialog", async () => {
    await mia.page.click("text=Room menu");
    await mia.page.fill(".sheet input[autocomplete=nickname]", refused[0]);
    await mia.page.click("text=Change the name");
    await mia.page.waitForSelector(`.sheet [role=alert]:has-text("${wrong}")`);
    const again = await mia.again(url);
    await again.close();
  });

  test("is another one without a word of the connection, and it says so", async () => {
    await mia.page.evaluate(() => {
      window.said = [];
      const look = () => window.said.push(document.querySelector("[data-testid=connection]").textContent, document.querySelector(".toast-place").textContent);
      for (const place of document.querySelectorAll("[data-testid=connection], .toast-place")) new MutationObserver(look).observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await mia.page.fill(".sheet input[autocomplete=nickname]", "Mia Two");
    await mia.page.click("text=Change the name");
    await mia.page.waitForSelector('.sheet [role=status]:has-text("You are called that now.")');
    await mia.page.waitForSelector('[data-testid=people] li:has-text("Mia Two")', { state: "attached" });
    assert.deepEqual(await mia.page.evaluate(() => window.said), []);
  });
});
