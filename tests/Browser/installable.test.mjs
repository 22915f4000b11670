import assert from "node:assert/strict";
import { cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";
import { within } from "./support/within.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** Of what Chromium does in its own time. */
const keptMostMs = 60_000;

describe("the page as an app of its own", { skip }, () => {
  let data;
  let folder;
  let server;
  let browser;
  let page;

  const start = (url) => startProcess(data, { url, environment: "Production", settings: { "Identity:Guests:Enabled": "true", "WebPage:Folder": folder, "WebPage:LinkOrigin": "http://192.168.1.20:5080" } });

  before(async () => {
    data = temporaryData();
    folder = join(data.folder, "page");
    cpSync(process.env.WHATSSOUND_PAGE, folder, { recursive: true });
    server = await start();
    // A name is no secure origin, unlike the loopback address: as an address of a home network is none.
    browser = await launch("--host-resolver-rules=MAP phone.test 127.0.0.1");
    page = await (await browser.newContext()).newPage();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    data?.remove();
  });

  /** Puts a next version of the page where the server has it, as a deployment does: each file is the old one or the new one, and the worker's comes last. */
  const deploy = (version) => {
    const change = (file, from, to) => {
      const written = join(data.folder, "next");
      writeFileSync(written, readFileSync(join(folder, file), "utf8").replace(from, to));
      renameSync(written, join(folder, file));
    };
    change("index.html", /<title>.*<\/title>/, `<title>${version}</title>`);
    change("sw.js", /const version = "\w+"/, `const version = "${version}"`);
  };

  /** The state of the page's workers, whether the one that is active has the page, and the versions that are kept. */
  const standing = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const [installing, waiting, active] = ["installing", "waiting", "active"].map((role) => registration?.[role]?.state ?? null);
      const hasPage = active !== null && navigator.serviceWorker.controller === registration.active;
      return { installing, waiting, active, hasPage, kept: (await caches.keys()).map((name) => name.replace("whatssound-page-", "")) };
    });

  /** Until the worker of a version has the page: it takes it over once it has its files and has forgotten those of old. */
  const untilKept = async (version) => {
    const untilMs = performance.now() + keptMostMs;
    for (;;) {
      const now = await within(keptMostMs, "the state of the page's workers", standing());
      if (!now.installing && !now.waiting && now.active === "activated" && now.hasPage && now.kept.includes(version)) return;
      if (performance.now() > untilMs) throw new Error(`In ${keptMostMs / 1_000} s the worker of ${version} did not have the page: ${JSON.stringify(now)}`);
      await setTimeout(50);
    }
  };

  test("a browser finds all that it takes to install it", async () => {
    await page.goto(server.url);
    const devtools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // Nothing can be installed from the window of a test, which is a private one.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
    const { data: text, errors } = await devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    for (const { src, sizes } of JSON.parse(text).icons.filter(({ type }) => type === "image/png")) {
      const picture = Buffer.from(await (await fetch(server.url + src)).arrayBuffer());
      assert.equal(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`, sizes, src);
    }
  });

  test("after a deployment the next page is the new one, and the one before is kept for pages that are open", async () => {
    // A browser looks for a new worker when a page is opened that the one before has already: of a page that comes earlier it is not asked.
    await untilKept(/const version = "(\w+)"/.exec(readFileSync(join(folder, "sw.js"), "utf8"))[1]);
    for (const version of ["second", "third", "fourth"]) {
      deploy(version);
      await page.goto(server.url);
      assert.equal(await page.title(), version);
      await untilKept(version);
    }
    assert.deepEqual((await standing()).kept, ["third", "fourth"]);
  });

  test("without a network the page opens and says so, and goes on when the server is back", async () => {
    const { url } = server;
    await server.stop();
    await page.goto(`${url}/r/somewhere-else`);
    await page.waitForSelector("text=The server cannot be reached.");
    assert.equal(await page.title(), "fourth");
    server = await start(url);
    // By itself.
    await page.waitForSelector("#name");
  });

  test("on a home network without TLS there is no worker, and nothing else is missing", async () => {
    const address = server.url.replace("127.0.0.1", "phone.test");
    const ann = await Window.open(browser, "Ann", address);
    assert.deepEqual(await ann.page.evaluate(() => [isSecureContext, "serviceWorker" in navigator]), [false, false]);
    const { pathname } = new URL(await ann.openRoom("At home"));
    // A page may copy nothing by itself here, so the link is shown, and selected; it is the one that leads here from other machines.
    await ann.page.click("text=Copy link");
    assert.equal(await ann.page.inputValue(".by-hand input:focus"), `http://192.168.1.20:5080${pathname}`);
    await ann.page.click(".by-hand [aria-label=Done]");
    await ann.add("Night Bus");
    await ann.say("Hello from the sofa");
    await ann.textsUpTo("Hello from the sofa");
    assert.deepEqual(ann.errors, []);
    await ann.close();
  });
});
