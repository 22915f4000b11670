import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startApp } from "../../samples/embed/server.mjs";
import { Client } from "../Gateway/npm/support/Client.mjs";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { signToken } from "../Gateway/npm/support/tokens.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { faultsOf, sizes, withAxe } from "./support/Shape.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("the room in an app's page", { skip }, () => {
  let data;
  let server;
  let browser;
  let app;
  let roomId;
  let host;
  let settings;

  /** Where the app may be is told to the server before the app is there, so it has a port of its own from the start. */
  before(async () => {
    data = temporaryData();
    const early = await startApp({ server: "", room: "", signingKey: "" });
    const port = Number(new URL(early.url).port);
    early.close();
    settings = { "Web:AllowedOrigins:0": early.url, "WebPage:TokenOrigins:0": early.url };
    server = await startProcess(data, { environment: "Production", settings });
    roomId = unique("embed");
    host = await Client.connect(server, "host", { token: tokenOf("host") });
    await host.command("CreateRoom", roomId, { name: "In an app" });
    await host.command("JoinRoom", roomId);
    app = await startApp({ server: server.url, room: roomId, signingKey: server.signingKey, port });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await host?.stop();
    app?.close();
    await server?.stop();
    data?.remove();
  });

  const tokenOf = (sub, name = sub) => signToken(server.signingKey, { sub, name, exp: Math.floor(Date.now() / 1000) + 3_600 });

  const newPage = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    await withAxe(context);
    const page = await context.newPage();
    page.errors = [];
    page.on("pageerror", (error) => page.errors.push(error.message));
    return page;
  };

  /** A page of the app with the element in it as given, and the events that it tells. */
  const openElement = async (attributes, at = app.url) => {
    const page = await newPage();
    await page.goto(`${at}/settings`);
    await page.evaluate(
      ({ attributes, script }) => {
        const element = document.createElement("whatssound-room");
        window.told = [];
        for (const event of ["joined", "ended", "error"]) element.addEventListener(event, ({ detail }) => window.told.push({ event, ...detail }));
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        document.body.append(element, Object.assign(document.createElement("script"), { type: "module", src: script }));
      },
      { attributes, script: `${server.url}/embed/room.js` },
    );
    return page;
  };

  const told = (page, event) => page.waitForFunction((wanted) => window.told.find(({ event }) => event === wanted), event).then((found) => found.jsonValue());

  const play = (title) => host.command("Enqueue", roomId, { tracks: [{ url: `/tracks/night-bus.wav?${encodeURIComponent(title)}`, title, durationMs: 30_000 }] });

  /** A browser that wants a tap first gets it. */
  const isHeard = () => {
    document.querySelector("whatssound-room").shadowRoot.querySelector(".tap")?.click();
    const page = window.__whatssound?.read();
    return page?.vector?.status === "playing" && page.audio.currentTimeMs > 300;
  };

  test("a plain page has the room, hears it, and keeps what is its own", async () => {
    const page = await newPage();
    await page.goto(app.url);
    await page.waitForSelector(`text=You are in ${roomId}.`);
    await page.locator("[data-testid=people] .person", { hasText: "Ada" }).waitFor();
    await play("Night Bus");
    await page.waitForFunction(isHeard);
    const seen = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector("whatssound-room").shadowRoot.querySelector(selector));
      return { title: document.title, focus: document.activeElement.tagName, path: location.pathname, lang: document.documentElement.lang, button: style("button").backgroundColor, letter: style(".panel p, .panel li").fontFamily, accent: style(".primary").backgroundColor };
    });
    assert.deepEqual({ ...seen, letter: seen.letter.includes("Georgia") }, { title: "An app with a room", focus: "BODY", path: "/", lang: "en", button: seen.button, letter: false, accent: "rgb(11, 107, 91)" });
    assert.notEqual(seen.button, "rgb(255, 255, 0)");
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });

  for (const framed of [false, true]) {
    test(`an invite lets the person into a room that takes one, ${framed ? "in a frame" : "as an element"}`, async () => {
      const closed = unique("invited");
      await host.command("CreateRoom", closed, { name: "For friends" });
      await host.command("JoinRoom", closed);
      await host.command("UpdateSettings", closed, { visibility: "inviteOnly" });
      const { invite } = await host.command("CreateInvite", closed, { forMs: 60_000, usesMax: 1 });
      const page = await openElement({ room: closed, token: tokenOf("ivy"), invite, ...(framed && { framed: "" }) });
      assert.equal((await told(page, "joined")).roomId, closed);
      await page.context().close();
      await host.command("LeaveRoom", closed);
    });
  }

  test("the person can add songs, say something and send the link to the room", async () => {
    const page = await newPage({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.goto(app.url);
    await page.waitForSelector(`text=You are in ${roomId}.`);
    // What is added while this plays is queued, whatever has ended.
    await play("Another bus");
    await page.locator('.house button:has-text("Tin Robot")').click();
    await page.locator("[data-testid=queue] strong", { hasText: "Tin Robot" }).waitFor();
    await page.fill("#message", "Hello from an app");
    await page.press("#message", "Enter");
    await page.locator(".message .text", { hasText: "Hello from an app" }).waitFor();
    await page.click("text=Copy link");
    await page.waitForSelector("text=Copied");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${server.url}/r/${roomId}`);
    await page.context().close();
  });

  test("the page in a frame is handed a token by the app around it", async () => {
    const page = await newPage();
    await page.goto(`${app.url}/frame`);
    await page.frameLocator("iframe").locator("[data-testid=people] .person", { hasText: "Ada" }).waitFor();
    await page.context().close();
  });

  test("the element makes such a frame itself, and tells the same", async () => {
    const page = await openElement({ room: roomId, framed: "", token: tokenOf("fay", "Fay") });
    assert.deepEqual(await told(page, "joined"), { event: "joined", roomId, userId: "fay" });
    await page.frameLocator("whatssound-room iframe").locator("[data-testid=people] .person", { hasText: "Fay" }).waitFor();
    await page.context().close();
  });

  test("React shows it, closes it and shows it again", async () => {
    const page = await newPage();
    await page.goto(`${app.url}/react/`);
    const ada = page.locator("[data-testid=people] .person", { hasText: "Ada" });
    await ada.waitFor();
    await page.waitForSelector(`text=You are in ${roomId}.`);
    const watcher = await enter(server, roomId, "watcher", { token: tokenOf("watcher") });
    await page.click("text=Close the room");
    await ada.waitFor({ state: "detached" });
    await watcher.until("Ada has left", () => watcher.published(watcher.main, "presence").some(({ data }) => data.left?.includes("ada")), 60_000);
    await page.click("text=Open the room");
    await ada.waitFor();
    assert.deepEqual(page.errors, []);
    await watcher.client.stop();
    await page.context().close();
  });

  test("what it needs is said, by itself and to the app, instead of waiting for ever", async () => {
    const lacking = [
      [{ room: roomId }, "NOT_SET_UP", "needs to know who is here"],
      [{ room: "", token: "x" }, "NOT_SET_UP", "needs the id of a room"],
      [{ room: roomId, token: "x", server: "http://" }, "NOT_SET_UP", "needs the address of a server"],
      [{ room: roomId, token: "nonsense" }, "TOKEN_INVALID", "does not know you"],
      [{ room: "nowhere-at-all", token: tokenOf("bob") }, "ROOM_NOT_FOUND", "There is no such room"],
      [{ room: roomId, "token-url": "/nowhere" }, "UNAVAILABLE", "does not say who you are (404)"],
    ];
    for (const [attributes, code, text] of lacking) {
      const page = await openElement(attributes);
      const { code: toldCode, message, status } = await told(page, "error");
      assert.equal(toldCode, code);
      if (attributes["token-url"]) assert.deepEqual({ message, status }, { message: "The token address answered 404.", status: 404 });
      await page.locator("[role=alert]", { hasText: text }).waitFor();
      await page.context().close();
    }
  });

  test("an app that the server does not know is told so, in the page and in a frame", async () => {
    const stranger = await startApp({ server: server.url, room: roomId, signingKey: server.signingKey });
    const page = await openElement({ room: roomId, token: tokenOf("eve") }, stranger.url);
    assert.match((await told(page, "error")).message, /Web:AllowedOrigins/);
    await page.locator("[role=alert]", { hasText: "Web:AllowedOrigins" }).waitFor();
    const framed = await openElement({ room: roomId, token: tokenOf("eve"), framed: "" }, stranger.url);
    assert.match((await told(framed, "error")).message, /WebPage:TokenOrigins/);
    await Promise.all([page.context().close(), framed.context().close()]);
    stranger.close();
  });

  test("a token given late is taken, and an end is told", async () => {
    const page = await openElement({ room: roomId });
    await told(page, "error");
    await page.evaluate((token) => document.querySelector("whatssound-room").setAttribute("token", token), tokenOf("gil", "Gil"));
    await told(page, "joined");
    await host.command("Kick", roomId, { ofUserId: "gil", reason: "enough" });
    assert.deepEqual(await told(page, "ended").then(({ event, code }) => ({ event, code })), { event: "ended", code: "KICKED" });
    await page.context().close();
  });

  test("it has the shape of the element that it is in", async () => {
    const page = await newPage();
    await page.goto(app.url);
    await page.waitForSelector(`text=You are in ${roomId}.`);
    const faults = [];
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const size of sizes) {
      await page.locator("whatssound-room").evaluate((element, { width, height }) => Object.assign(element.style, { width: `${Math.min(width, 1200)}px`, height: `${Math.max(height, 400)}px` }), size);
      faults.push(...(await faultsOf(page, "element", size, { within: "whatssound-room" })).map((fault) => `${size.width}x${size.height}: ${fault}`));
    }
    assert.deepEqual(faults, []);
    await page.context().close();
  });
});
