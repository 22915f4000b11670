import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Client } from "../Gateway/npm/support/Client.mjs";
import { unique } from "../Gateway/npm/support/rooms.mjs";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { signToken } from "../Gateway/npm/support/tokens.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { EmbeddingApp } from "./support/EmbeddingApp.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("the page in production", { skip }, () => {
  let data;
  let app;
  let foreigner;
  let server;
  let browser;
  let ann;
  let bob;
  let roomId;
  const programs = [];

  before(async () => {
    data = temporaryData();
    app = await EmbeddingApp.open();
    foreigner = await EmbeddingApp.open();
    server = await startProcess(data, { environment: "Production", settings: { "Identity:Guests:Enabled": "true", "WebPage:TokenOrigins:0": app.origin, "Web:FrameAncestors:0": foreigner.origin } });
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    roomId = new URL(await ann.openRoom("Friday night")).pathname.split("/").pop();
    bob = await Window.open(browser, "Bob", `${server.url}/r/${roomId}`);
    await bob.inRoom();
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await browser?.close();
    await server?.stop();
    await Promise.all([app?.close(), foreigner?.close()]);
    data?.remove();
  });

  const tokenOf = (sub, name) => signToken(server.signingKey, { sub, name, exp: Math.floor(Date.now() / 1000) + 3_600 });

  /** A program of an app's user that comes into the room, and says something of itself. */
  const join = async (userId, name, info) => {
    const program = await Client.connect(server, userId, { token: tokenOf(userId, name) });
    programs.push(program);
    await program.command("JoinRoom", roomId, { info });
    return program;
  };

  const peopleOf = (window) => window.page.locator("[data-testid=people] .person").allTextContents();

  const untilPeople = (window, names) =>
    window.page.waitForFunction((wanted) => JSON.stringify([...document.querySelectorAll("[data-testid=people] .person")].map((node) => node.textContent).sort()) === wanted, JSON.stringify(names.toSorted()));

  /** A page of somebody new, before it has loaded anything. */
  const newPage = async () => (await browser.newContext()).newPage();

  test("there are no development tokens", async () => {
    assert.equal((await fetch(`${server.url}/dev/token`, { method: "POST", body: '{"userId":"ann"}' })).status, 404);
  });

  test("two guests hear a song in sync", async () => {
    await ann.add("Paper Boats");
    const isHeard = (page) => page.vector?.status === "playing" && page.audio.currentTimeMs > 500 && Math.abs(page.audio.currentTimeMs - page.positionMs) < 50;
    await Promise.all([ann.until(isHeard), bob.until(isHeard)]);
    // A page whose clock was probed while the machine was busy finds it out.
    let a;
    await bob.until((b) => Math.abs(a.positionMs - a.wallMs - (b.positionMs - b.wallMs)) < 50, null, async () => void (a = await ann.read()));
    const b = await bob.read();
    assert.match(a.userId, /^guest-[0-9a-f]{32}$/);
    assert.notEqual(a.userId, b.userId);
    // The song is to be there to the end: what is added then is queued.
    await ann.page.click('[aria-label="Pause for everybody"]');
    await bob.until((page) => page.vector.status === "paused");
  });

  test("a guest who comes back is the same", async () => {
    const { userId } = await bob.read();
    await bob.page.reload();
    await bob.inRoom();
    assert.equal((await bob.read()).userId, userId);
  });

  test("whatever members say of themselves disturbs nobody, and names nobody", async () => {
    const oddities = [{ name: 5 }, {}, [1], true, null, { name: { name: {} } }, { name: "Ann", displayName: "Ann" }, JSON.parse("[".repeat(31) + "]".repeat(31)), "x".repeat(1_000)];
    const names = [];
    for (const [i, info] of oddities.entries()) {
      names.push(`Odd ${i}`);
      await join(unique("odd"), names[i], info);
    }
    const newcomer = await Window.open(browser, "Cyd", `${server.url}/r/${roomId}`);
    await newcomer.inRoom();
    for (const window of [ann, bob, newcomer]) await untilPeople(window, ["Ann", "Bob", "Cyd", ...names]);
    await ann.say("still here");
    for (const window of [bob, newcomer]) await window.textsUpTo("still here");
    assert.deepEqual([...ann.errors, ...bob.errors, ...newcomer.errors], []);
    await newcomer.close();
    await Promise.all(programs.splice(0).map(async (program) => program.command("LeaveRoom", roomId, {}).then(() => program.stop())));
  });

  test("two people of one name can be told apart", async () => {
    const eve = await join(unique("eve-wxyz"), "ann", { name: "Ann" });
    await bob.page.waitForFunction(() => [...document.querySelectorAll("[data-testid=people] .person .tag")].length === 2);
    const shown = await peopleOf(bob);
    assert.ok(shown.includes(`ann #${eve.userId.slice(-4)}`), shown.join());
    assert.ok(shown.includes(`Ann #${(await ann.read()).userId.slice(-4)}`), shown.join());
    await eve.command("LeaveRoom", roomId, {});
  });

  test("one part that fails leaves the others alone, and can be shown again", async () => {
    const watcher = await Window.open(browser, "Dan", `${server.url}/r/${roomId}`);
    await watcher.inRoom();
    await watcher.page.evaluate(() => {
      window.format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format");
      Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
        configurable: true,
        get() {
          throw new Error("no time");
        },
      });
    });
    await ann.say("this breaks a chat");
    await watcher.page.waitForSelector("text=The chat cannot be shown");
    await ann.add("Night Bus");
    await watcher.untilQueue(["Night Bus"]);
    await watcher.page.evaluate(() => Object.defineProperty(Intl.DateTimeFormat.prototype, "format", window.format));
    await watcher.page.click("text=Show it again");
    await watcher.textsUpTo("this breaks a chat");
    assert.deepEqual(watcher.errors, ["no time"]);
    await watcher.close();
  });

  test("a stored identity that makes no sense is replaced", async () => {
    const kept = ["{", "null", "5", "[]", '{"name":5}', '{"name":""}', '{"name":"Eve","secret":{}}', '{"name":"Eve","secret":"guest-1.x"}', '{"userId":"eve-123","name":"Eve"}'];
    const comesIn = async (text) => {
      const page = await newPage();
      await page.addInitScript((text) => localStorage.getItem("whatssound.identity") ?? localStorage.setItem("whatssound.identity", text), text);
      await page.goto(server.url);
      if (!text.includes("Eve")) {
        await page.fill("#name", "Eve");
        await page.click("button[type=submit]");
      }
      await page.waitForSelector("text=Hello, Eve.");
      await page.context().close();
    };
    await Promise.all(kept.map(comesIn));
  });

  test("what keeps people out is said, and they come in once it is over", async () => {
    const page = await newPage();
    await page.route("**/page.json", (route) => route.abort());
    await page.goto(server.url);
    await page.waitForSelector("text=The server cannot be reached.");
    await page.unroute("**/page.json");
    await page.route("**/guest", (route) => route.fulfill({ status: 429, contentType: "application/json", body: '{"code":"RATE_LIMITED","message":"no"}' }));
    // By itself.
    await page.fill("#name", "Fay");
    await page.click("button[type=submit]");
    await page.waitForSelector("text=Too many people come from your network right now.");
    await page.unroute("**/guest");
    await page.waitForSelector("text=Hello, Fay.");
    await page.context().close();
  });

  test("a server that does not answer is said, too", async () => {
    const page = await newPage();
    await page.routeWebSocket(/\/hub/, () => undefined);
    await page.route("**/hub/**", (route) => route.abort());
    await page.goto(server.url);
    await page.fill("#name", "Hal");
    await page.click("button[type=submit]");
    await page.waitForSelector("text=The server has not answered yet.");
    await page.context().close();
  });

  test("where there are neither guests nor an app, it says so", async () => {
    const page = await newPage();
    await page.route("**/page.json", (route) => route.fulfill({ json: { guests: false, tokenOrigins: [] } }));
    await page.goto(server.url);
    await page.waitForSelector("text=This page takes no guests.");
    await page.context().close();
  });

  test("an app around the page says who its user is", async () => {
    app.frame = `${server.url}/r/${roomId}`;
    app.token = tokenOf(unique("gil"), "Gil of the app");
    const page = await newPage();
    await page.goto(app.origin);
    await page.frameLocator("iframe").locator("[data-testid=people] .person", { hasText: "Gil of the app" }).waitFor();
    await page.context().close();
  });

  test("a foreign site that may only show the page says nothing to it", async () => {
    foreigner.frame = server.url;
    foreigner.token = tokenOf(unique("eve"), "Eve");
    const page = await newPage();
    await page.goto(foreigner.origin);
    await page.frameLocator("iframe").locator("text=The app around this page has not said who you are.").waitFor();
    await page.context().close();
  });

  test("a site that nobody has allowed cannot have the page in a frame", async () => {
    const stranger = await EmbeddingApp.open();
    stranger.frame = server.url;
    const page = await newPage();
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.goto(stranger.origin);
    await refused;
    await page.context().close();
    await stranger.close();
  });
});
