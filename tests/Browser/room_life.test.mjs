import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";
/** So long into a song nobody votes to skip it: 5 s, and what clocks may differ by. */
const skipGuardMs = 5_200;

describe("a room's life, by hand", { skip }, () => {
  let data;
  let server;
  let browser;
  let ann;
  let bob;
  let roomUrl;

  before(async () => {
    data = temporaryData();
    server = await startProcess(data);
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    data?.remove();
  });

  const menu = async (window, page) => {
    await window.page.click("text=Room menu");
    await window.page.click(`.sheet-pages >> text="${page}"`);
  };
  const close = (window) => window.page.keyboard.press("Escape");
  const about = (window, name) => window.page.click(`[aria-label="What to do about ${name}"]`);

  test("a room is opened with what it is about, and found by its words", async () => {
    await ann.page.fill("#room-name", "Blue hour");
    await ann.page.click("text=More about it");
    await ann.page.fill(".create textarea", "Slow songs for a late hour");
    await ann.page.fill(".create details input:not([type=checkbox])", "jazz, late");
    await ann.page.click(".create button[type=submit]");
    await ann.inRoom();
    roomUrl = ann.page.url();
    bob = await Window.open(browser, "Bob", server.url);
    await bob.page.fill("#room-query", "nothing like it");
    await bob.page.waitForSelector("text=There is no such room.");
    await bob.page.fill("#room-query", "blu");
    await bob.page.waitForSelector(".room-card:has-text('Blue hour')");
    await bob.page.fill("#room-query", "");
    await bob.page.click('[aria-label="Only rooms with jazz"]');
    await bob.page.waitForSelector(".search .tag-chip:has-text('jazz')");
    await bob.page.click(".room-card:has-text('Blue hour')");
    await bob.inRoom();
    await bob.page.waitForSelector("h1:focus");
  });

  test("several songs are added by their addresses, and what is none stays, with why", async () => {
    await ann.page.click("text=Add a link to a song");
    await ann.page.click("text=Add several at once");
    const [song, none] = ["tin-robot", "nowhere"].map((name) => `${server.url}/tracks/${name}.wav`);
    await ann.page.fill(".several textarea", `${song}\n${none}`);
    await ann.page.click("text=Add them");
    await ann.page.waitForSelector("text=1 song was added.");
    await bob.page.waitForSelector("[data-testid=title]:text-is('tin robot')");
    await ann.page.waitForSelector(`.several .error:has-text("${none}: This address has no audio")`);
    assert.equal(await ann.page.inputValue(".several textarea"), none);
    await ann.page.click('[aria-label="Skip to the next song"]');
    await ann.page.waitForSelector("text=Nothing is playing");
  });

  test("votes to skip are seen by everybody, the host too", async () => {
    const cyd = await Window.open(browser, "Cyd", roomUrl);
    await cyd.inRoom();
    await ann.add("Night Bus");
    await ann.until((page) => page.vector.status === "playing");
    await bob.page.click('[aria-label^="React to the song with 🔥"]');
    await ann.page.waitForSelector('[aria-label^="🔥, 1: react to the song"]');
    await bob.page.waitForFunction(() => window.__whatssound.read().vector.anchorTimeMs < window.__whatssound.read().roomTimeMs);
    // In its first seconds a song cannot be voted away, and the page says so where it was tried.
    await bob.page.click(".skip-vote");
    await bob.page.waitForSelector(".skip-vote[aria-pressed=true], .now-part .refused:has-text('Give the song a few seconds first.')");
    // One press once it can: a second one before the answer would take the vote back.
    if (!(await bob.page.locator(".skip-vote[aria-pressed=true]").count())) {
      await bob.until((page, guardMs) => page.positionMs > guardMs, skipGuardMs);
      await bob.page.click(".skip-vote");
    }
    await bob.page.waitForSelector(".skip-vote[aria-pressed=true]");
    await ann.page.waitForSelector(".skip-tally:has-text('1 of 2 votes to skip')");
    await ann.page.click('[aria-label="Skip to the next song"]');
    await ann.page.waitForSelector("text=Nothing is playing");
    await cyd.close();
  });

  test("a role is given and taken, and what one may not do is not offered", async () => {
    assert.equal(await bob.page.locator(".sheet-pages").count(), 0);
    await menu(bob, "You");
    await bob.page.waitForSelector("text=Your role: listener");
    assert.equal(await bob.page.locator('.sheet-pages >> text="Moderation"').count(), 0);
    await close(bob);
    await about(ann, "Bob");
    await ann.page.selectOption(".person-actions select", "moderator");
    await bob.page.waitForSelector(".people .role:has-text('Moderator')");
    await menu(bob, "Moderation");
    await close(bob);
    await ann.page.selectOption(".person-actions select", "listener");
    await bob.page.waitForFunction(() => !document.querySelector(".people").textContent.includes("Moderator"));
  });

  test("who is muted is told why, sees it in the chat, and speaks again once it is lifted; the log has it", async () => {
    await ann.page.click('.person-actions >> text="Mute"');
    await ann.page.selectOption(".sanction select", { index: 1 });
    await ann.page.fill(".sanction input", "too loud");
    await ann.page.click(".sanction button[type=submit]");
    await bob.page.waitForSelector(".notices:has-text('Reason: too loud')");
    await bob.page.waitForSelector(".compose:has-text('You may not speak here for a while.')");
    await menu(ann, "Moderation");
    await ann.page.waitForSelector("[data-testid=sanctions]:has-text('too loud')");
    await ann.page.waitForSelector("[data-testid=log] li");
    await ann.page.click('[data-testid=sanctions] >> text="Lift"');
    await bob.page.waitForSelector("#message");
    await ann.page.waitForSelector("text=Nothing.");
    await close(ann);
  });

  test("settings are changed, and a refusal is said where it was tried", async () => {
    await menu(ann, "Settings");
    await ann.page.fill('.settings input >> nth=0', "Blue hour, part two");
    await ann.page.check("text=Nobody speaks for now");
    await ann.page.fill(".settings input[type=password]", "sesame");
    await ann.page.click(".settings >> text=Save");
    await ann.page.waitForSelector("text=Saved.");
    await close(ann);
    await bob.page.waitForSelector("h1:has-text('Blue hour, part two')");
    await bob.page.waitForSelector(".compose:has-text('Nobody may speak for now.')");
  });

  test("a password, and an invite, let in", async () => {
    const dan = await Window.open(browser, "Dan", roomUrl);
    await dan.page.fill("#room-key", "open");
    await dan.page.click("button[type=submit]");
    await dan.page.waitForSelector("text=That is not the password.");
    await dan.page.fill("#room-key", "sesame");
    await dan.page.click("button[type=submit]");
    await dan.inRoom();
    await dan.close();
    await menu(ann, "Invites");
    await ann.page.click("text=Make an invite");
    const link = await ann.page.inputValue(".invite-link");
    await ann.page.waitForSelector(".records:has-text('0 of 10 have come')");
    await close(ann);
    const eve = await Window.open(browser, "Eve", link);
    await eve.inRoom();
    assert.equal(new URL(eve.page.url()).hash, "");
    await eve.close();
  });

  test("a guest takes another name, and everybody sees it", async () => {
    await menu(bob, "You");
    await bob.page.fill(".sheet .settings input", "Bobby");
    await bob.page.click("text=Change the name");
    await ann.page.waitForSelector("[data-testid=people] .person:has-text('Bobby')");
    await close(bob);
  });

  test("what was played is read and taken along", async () => {
    await menu(ann, "Played");
    await ann.page.waitForSelector(".records:has-text('Night Bus'):has-text('skipped by the host')");
    await ann.page.waitForSelector(".sheet:has-text('Played most: Ann (2)')");
    const [file] = await Promise.all([ann.page.waitForEvent("download"), ann.page.click("text=All of it as a table (CSV)")]);
    assert.match(await readFile(await file.path(), "utf8"), /Night Bus/);
    await close(ann);
  });

  test("the page speaks Spanish to who wants it, and says refusals in it", async () => {
    const context = await browser.newContext({ locale: "es-ES" });
    const page = await context.newPage();
    await page.goto(`${server.url}/r/nowhere-at-all`);
    await page.fill("#name", "Eva");
    await page.click("text=Entrar");
    await page.waitForSelector("text=Esa sala no existe.");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
    await context.close();
  });

  test("who leaves is gone at once, and a room that is closed is opened again by its owner", async () => {
    for (const title of ["Night Bus", "Paper Boats"]) await bob.add(title);
    await ann.page.waitForSelector("[data-testid=queue]:has-text('Paper Boats'):has-text('Bobby')");
    await menu(bob, "You");
    await bob.page.click("text=Leave the room");
    await bob.page.waitForSelector("text=Hello, Bob");
    await ann.page.waitForFunction(() => !document.querySelector("[data-testid=people]").textContent.includes("Bobby"));
    assert.match(await ann.page.innerText("[data-testid=queue]"), /Paper Boats[^]*Bobby/, "whose song it is was lost with them");
    await menu(ann, "Settings");
    await ann.page.click("text=Close the room");
    await ann.page.fill(".sheet .settings input >> nth=-1", "good night");
    await ann.page.click("text=Close it now");
    await ann.page.waitForSelector("text=This room is closed. Reason: good night");
    await ann.page.click("text=To the open rooms");
    await ann.page.click("text=Your rooms");
    await ann.page.click('[aria-label="Open Blue hour, part two again"]');
    await ann.inRoom();
  });

  test("no page had an error", () => {
    assert.deepEqual([...ann.errors, ...bob.errors], []);
  });
});
