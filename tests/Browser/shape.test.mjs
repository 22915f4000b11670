import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openRoom, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { furnish, odd } from "./support/furnish.mjs";
import { faultsOf, sizes, withAxe } from "./support/Shape.mjs";
import { refuseSoundUntilTap, Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("every screen, in every size, light and dark", { skip }, () => {
  let server;
  let browser;
  let furniture;
  let ann;
  let room;
  let emptyRoom;
  let own;

  before(async () => {
    server = await startServer();
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    emptyRoom = await ann.openRoom("Quiet");
    await ann.page.goto(server.url);
    // Somebody has to be its host, or whoever comes would be.
    const { roomId, host: owner } = await openRoom(server, "own", unique("owner"));
    own = { url: `${server.url}/r/${roomId}`, owner };
    room = await ann.openRoom(odd.roomName);
    furniture = await furnish(server, new URL(room).pathname.split("/").pop());
    await ann.textsUpTo(furniture.last);
    await keepOrder();
  });

  after(async () => {
    await furniture?.close();
    await own?.owner.client.stop();
    await browser?.close();
    await server?.stop();
  });

  /** What the pages of the menu list: roles, somebody who is followed, an invite, and something in force. */
  const keepOrder = () =>
    ann.page.evaluate(async ([one, other, third]) => {
      const { connection } = window.__whatssound;
      for (const toUserId of [one, other]) await connection.act("GrantRole", { toUserId, role: "coHost" });
      await connection.act("GrantRole", { toUserId: third, role: "dj" });
      await connection.request("Follow", { ofUserId: one });
      await connection.act("CreateInvite", { role: "moderator", forMs: 3_600_000, usesMax: 10 });
      await connection.act("Mute", { ofUserId: third, reason: "x".repeat(200) });
    }, furniture.userIds);

  const giveName = async (page, name) => {
    await page.fill("#name", name);
    await page.click("button[type=submit]");
  };

  const roomShown = (page) => page.waitForFunction((last) => [...document.querySelectorAll(".message .text")].at(-1)?.textContent === last, furniture.last);

  /** Where a window is narrow this panel is shown, and in a wide one it is one of all. */
  const showPanel = async (page, panel) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(room);
    await roomShown(page);
    await page.click(`.tabs button:has-text("${panel}")`);
  };

  const panels = { of: ".tabs button" };

  /** Of the pages of a sheet axe looks at one size of a phone; `screens.test.mjs` has them in a large window. */
  const sheetPages = { of: ".sheet-pages button", within: ".sheet", isLookedAt: ({ width }) => width === 390 };

  /** How each is come to. Those of `asAnn` are shown to somebody whom the browser knows; those with `parts` have some that are shown one by one, in a narrow window or in any. */
  const screens = {
    welcome: { open: (page) => page.goto(server.url), shown: "#name" },
    invited: { open: (page) => page.goto(room), shown: "#name" },
    unreachable: { open: (page) => page.route("**/page.json", (route) => route.abort()).then(() => page.goto(room)), shown: "[role=alert]" },
    "not-open": { open: (page) => page.route("**/page.json", (route) => route.fulfill({ json: { guests: false, tokenOrigins: [] } })).then(() => page.goto(room)), shown: "[role=alert]" },
    "not-connected": {
      open: async (page) => {
        await page.route("**/guest", (route) => route.fulfill({ status: 500 }));
        await page.goto(room);
        await giveName(page, "Bob");
      },
      shown: "[role=alert]",
    },
    "no-such-room": { asAnn: true, open: (page) => page.goto(`${server.url}/r/nowhere-at-all`), shown: "[role=alert]" },
    lobby: { asAnn: true, open: (page) => page.goto(server.url), shown: ".room-card" },
    host: { asAnn: true, open: (page) => page.goto(room).then(() => roomShown(page)), shown: "[data-testid=title]", parts: panels },
    "host-in-spanish": { asAnn: true, locale: "es-ES", open: (page) => page.goto(room).then(() => roomShown(page)), shown: "[data-testid=title]", parts: panels },
    "host-of-silence": { asAnn: true, open: (page) => page.goto(emptyRoom), shown: "[data-testid=title]", parts: panels },
    "listener-with-an-address": {
      open: async (page) => {
        await page.goto(room);
        await giveName(page, "Bob");
        await roomShown(page);
        await page.click(".add-address summary");
        await page.click("text=Add several at once");
      },
      shown: ".add-address[open] .several",
    },
    "pages-of-the-menu": {
      asAnn: true,
      open: async (page) => {
        await page.goto(room);
        await page.click("text=Room menu");
      },
      shown: ".sheet-pages",
      parts: sheetPages,
    },
    "about-a-person": {
      asAnn: true,
      open: async (page) => {
        await showPanel(page, "People");
        await page.click(`[aria-label^="What to do about ${odd.word.slice(0, 10)}"]`);
        await page.click('.person-actions >> text="Time out"');
      },
      shown: ".people .sanction",
    },
    "about-a-message": {
      asAnn: true,
      open: async (page) => {
        await showPanel(page, "Chat");
        await page.click(`[aria-label^="What to do with the message of ${odd.word.slice(0, 10)}"] >> nth=-1`);
        await page.click(`.message >> text=About ${odd.word.slice(0, 10)}`);
        await page.click('.message .person-actions >> text="Report"');
      },
      shown: ".message .sanction",
    },
    "offering-the-room": {
      asAnn: true,
      open: async (page) => {
        await ann.page.evaluate((toUserId) => window.__whatssound.connection.act("GrantRole", { toUserId, role: "owner" }), furniture.userIds[1]);
        await page.goto(room);
      },
      shown: ".offer button",
    },
    "listener-in-spanish": {
      locale: "es-ES",
      open: async (page) => {
        await page.goto(room);
        await giveName(page, "Eva");
        await roomShown(page);
      },
      shown: ".skip-vote",
    },
    "own-song-in-spanish": {
      locale: "es-ES",
      open: async (page) => {
        await page.goto(own.url);
        await giveName(page, "Luz");
        await page.waitForFunction(() => window.__whatssound?.player);
        await page.evaluate(({ title, word }) => window.__whatssound.connection.enqueue([{ url: "/tracks/night-bus.wav?own", title, artist: word, durationMs: 600_000 }]), odd);
      },
      shown: ".skip-own",
    },
    "tap-to-listen": {
      asAnn: true,
      open: async (page) => {
        await page.addInitScript(refuseSoundUntilTap);
        // Its file is shorter than the song is said to be, and past its end nobody is asked for a tap.
        await ann.page.evaluate(({ connection } = window.__whatssound) => connection.seek(connection.room.playback.entryId, 0));
        await page.goto(room);
      },
      shown: ".tap",
    },
  };

  const newPage = async (asAnn, locale = "en-GB") => {
    const context = await browser.newContext({ locale, reducedMotion: "reduce", ...(asAnn && { storageState: await ann.page.context().storageState() }) });
    await withAxe(context);
    return context.newPage();
  };

  /** Those that can be chosen in a window of this size; one nameless where all are shown. */
  const partsOf = async (page, parts) => {
    const choices = parts && page.locator(parts.of);
    return choices && (await choices.first().isVisible()) ? choices.all() : [null];
  };

  /** What is folded is looked at unfolded. */
  const unfold = (page, within) => page.evaluate((within) => document.querySelectorAll(`${within} details`).forEach((details) => (details.open = true)), within);

  for (const [name, { asAnn = false, locale, open, shown, parts }] of Object.entries(screens)) {
    test(name, async () => {
      const page = await newPage(asAnn, locale);
      const faults = new Map();
      await open(page);
      await page.waitForSelector(shown);
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (const [i, part] of (await partsOf(page, parts)).entries()) {
          await part?.click();
          if (parts?.within) await unfold(page, parts.within);
          const looked = parts?.isLookedAt ? { ...size, isLookedAt: parts.isLookedAt(size) } : size;
          for (const fault of await faultsOf(page, part ? `${name}-${i}` : name, looked, parts)) faults.set(fault, [...(faults.get(fault) ?? []), `${size.width}x${size.height}`]);
        }
      }
      await page.context().close();
      assert.deepEqual([...faults].map(([fault, where]) => `${where}: ${fault}`), []);
    });
  }

  test("in colours that the system has chosen, what is pressed and how far a song is can be seen", async () => {
    const page = await newPage(true);
    await page.emulateMedia({ forcedColors: "active" });
    await page.setViewportSize({ width: 390, height: 844 });
    await screens.host.open(page);
    const seen = await page.evaluate(() => {
      const background = (element) => getComputedStyle(element).background;
      const [pressed, other] = ["true", "false"].map((state) => document.querySelector(`.tabs [aria-pressed=${state}]`));
      return { pressed: background(pressed), other: background(other), progress: background(document.querySelector(".progress input, .track")) };
    });
    assert.notEqual(seen.pressed, seen.other);
    assert.match(seen.progress, /gradient/);
    await page.context().close();
  });

  test("for whoever wants no motion nothing moves", async () => {
    const page = await newPage(true);
    await screens.host.open(page);
    assert.deepEqual(await page.evaluate(() => document.getAnimations().map((animation) => animation.animationName ?? animation.transitionProperty)), []);
    await page.context().close();
  });

  test("what is foreign in a name or a title turns nothing around it", async () => {
    const page = await newPage(true);
    await screens.host.open(page);
    const turned = await page.evaluate((foreign) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!foreign.some((one) => text.data.includes(one))) continue;
        const isolated = text.parentElement.closest("bdi, [dir=auto]");
        if (!isolated) found.push(text.parentElement.outerHTML.slice(0, 120));
      }
      return found;
    }, [odd.arabic, odd.override]);
    assert.deepEqual(turned, []);
    await page.context().close();
  });
});
