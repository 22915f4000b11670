import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromiumFile, launch } from "./support/browser.mjs";
import { listenIn } from "./support/listenIn.mjs";
import { act, add, current, isInSync, newRoom, playing, serverWithSongs } from "./support/songRooms.mjs";
import { Window } from "./support/Window.mjs";
import { within } from "./support/within.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** What the lock screen and media keys would show and do; outputs that can be pulled out; a machine that can sleep. */
function onDevice() {
  window.mediaKeys = {};
  MediaSession.prototype.setActionHandler = (action, handler) => (window.mediaKeys[action] = handler);
  window.outputs = [{ kind: "audiooutput", deviceId: "default", groupId: "headphones" }];
  MediaDevices.prototype.enumerateDevices = async () => window.outputs;
  const now = performance.now.bind(performance);
  window.sleptMs = 0;
  performance.now = () => now() - window.sleptMs;
}

describe("the controls of what plays", { skip }, () => {
  let server;
  let songs;
  let browser;
  let ann;
  let bob;

  before(async () => {
    server = await serverWithSongs();
    ({ songs } = server);
    for (const name of ["one", "two", "three"]) songs.add(name);
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url, { initScript: listenIn });
    await ann.page.context().addInitScript(onDevice);
    await ann.page.waitForSelector("#room-name");
    await newRoom(ann, server);
    bob = await Window.open(browser, "Bob", server.url, { initScript: listenIn });
    await bob.page.context().addInitScript(onDevice);
    await bob.page.waitForSelector("#room-name");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const url = (name) => `${songs.origin}/${name}.wav`;
  const bar = () => ann.page.locator(".progress input");
  const shown = () => bar().evaluate((input) => input.valueAsNumber);

  /** Bob is in Ann's room, and hears it. */
  const join = async () => {
    await bob.page.goto(ann.page.url());
    await bob.inRoom();
    await bob.until(isInSync);
  };

  test("a hand that holds the position bar over a change of songs moves no song", async () => {
    await newRoom(ann, server);
    for (const name of ["one", "two"]) await add(ann, url(name));
    await ann.until(isInSync);
    await bar().hover();
    await ann.page.mouse.down();
    await act(ann, "skip", (await playing(ann)).entryId);
    await ann.until((page) => page.room.queue.current.track.title === "two");
    const box = await bar().boundingBox();
    await ann.page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2);
    await ann.page.mouse.up();
    await act(ann, "pause");
    await ann.until((page) => page.vector.status === "paused");
    const { vector } = await ann.read();
    assert.ok(vector.anchorPositionMs < 10_000, `the song is at ${vector.anchorPositionMs} ms`);
  });

  test("a double click on skip ends one song", async () => {
    await newRoom(ann, server);
    for (const name of ["one", "two", "three"]) await add(ann, url(name));
    await ann.until(isInSync);
    // The second press comes when the next song has just been shown.
    const pressedTwice = ann.page.evaluate(() => {
      const press = () => document.querySelector('[aria-label="Skip to the next song"]').click();
      const title = document.querySelector("[data-testid=title]");
      const shown = new Promise((resolve) => new MutationObserver(resolve).observe(title, { characterData: true, subtree: true, childList: true }));
      press();
      return shown.then(press);
    });
    await within(30_000, "the title of the next song", pressedTwice);
    await act(ann, "pause");
    await ann.until((page) => page.vector.status === "paused" && page.vector.entryId === page.room.queue.current.entryId);
    assert.equal((await current(ann)).track.title, "two");
  });

  test("arrow keys add up", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await ann.until(isInSync);
    await bar().focus();
    const before = await ann.read();
    for (let i = 0; i < 5; i++) await ann.page.keyboard.press("ArrowRight");
    await ann.until((page) => page.positionMs > 25_000 && isInSync(page));
    const { positionMs, wallMs } = await ann.read();
    const byKeysMs = positionMs - before.positionMs - (wallMs - before.wallMs);
    assert.ok(byKeysMs < 30_000, `${byKeysMs} ms`);
  });

  test("the bar stays where it was put until there is an answer", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await ann.until(isInSync);
    await ann.page.evaluate(() => {
      const { connection } = window.__whatssound;
      const { seek } = connection;
      const answered = new Promise((resolve) => (window.answer = resolve));
      connection.seek = (...values) => answered.then(() => seek.apply(connection, values));
    });
    const box = await bar().boundingBox();
    await ann.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const before = await ann.read();
    await ann.until((page, fromMs) => page.positionMs > fromMs + 1_000, before.positionMs);
    assert.ok(Math.abs((await shown()) - 30_000) < 2_000, `the bar is at ${await shown()}`);
    await ann.page.evaluate(() => window.answer());
    // By then it is not where it was put any more.
    await ann.until((page) => page.positionMs > 32_000 && isInSync(page));
    await ann.page.waitForFunction(() => Math.abs(document.querySelector(".progress input").valueAsNumber - window.__whatssound.read().positionMs) < 1_000);
  });

  test("the lock screen shows the song, and its keys do what one may", async () => {
    await newRoom(ann, server);
    for (const name of ["one", "two"]) await add(ann, url(name));
    await join();
    await bob.page.waitForFunction(() => navigator.mediaSession.metadata?.title === "one" && navigator.mediaSession.playbackState === "playing");
    const metadata = await bob.page.evaluate(() => {
      const { title, artist, album, artwork } = navigator.mediaSession.metadata;
      return { title, artist, album, artwork: artwork.map(({ src, type }) => [src.slice(0, 15), type]), state: navigator.mediaSession.playbackState };
    });
    assert.equal(metadata.title, "one");
    assert.equal(metadata.artist, "Nobody");
    assert.equal(metadata.album, (await bob.read()).room.settings.name);
    assert.deepEqual(metadata.artwork, [["data:image/png;", "image/png"]]);
    assert.equal(metadata.state, "playing");
    const untilKeys = (window, keys) => window.page.waitForFunction((wanted) => Object.keys(window.mediaKeys).filter((key) => window.mediaKeys[key]).sort().join() === wanted, keys.join());
    await untilKeys(bob, ["pause", "play", "stop"]);
    await untilKeys(ann, ["nexttrack", "pause", "play", "seekbackward", "seekforward", "seekto", "stop"]);

    await bob.page.evaluate(() => window.mediaKeys.pause());
    await bob.until((page) => page.audio.isHeld && page.audio.isPaused && page.vector.status === "playing");
    await bob.page.evaluate(() => window.mediaKeys.play());
    await bob.until(isInSync);
    await ann.page.evaluate(() => window.mediaKeys.seekto({ action: "seekto", seekTime: 20 }));
    await bob.until((page) => page.positionMs > 20_000 && isInSync(page));
    await ann.page.evaluate(() => window.mediaKeys.pause());
    await bob.until((page) => page.vector.status === "paused");
    await ann.page.evaluate(() => window.mediaKeys.play());
    await bob.until(isInSync);
    await ann.page.evaluate(() => window.mediaKeys.nexttrack());
    await bob.until((page) => page.room.queue.current.track.title === "two");
  });

  const untilLater = async (window, ms) => {
    const { positionMs } = await window.read();
    await window.until((page, untilMs) => page.positionMs > untilMs, positionMs + ms);
  };

  test("what was stopped from outside stays silent until its person wants it back", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await join();
    await bob.page.evaluate(() => [...window.ears].find((audio) => !audio.paused).pause());
    await bob.page.waitForSelector("text=Paused on this device");
    await untilLater(bob, 1_000);
    assert.equal((await bob.read()).audio.isPaused, true);
    await bob.page.click("text=Go on listening");
    await bob.until(isInSync);
  });

  test("headphones that are pulled out silence this device, and new ones do not", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await join();
    const change = (outputs) => bob.page.evaluate((outputs) => {
      window.outputs = outputs;
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    }, outputs);
    const speaker = { kind: "audiooutput", deviceId: "default", groupId: "speaker" };
    const headphones = { kind: "audiooutput", deviceId: "x", groupId: "headphones" };
    await change([speaker, headphones]);
    await untilLater(bob, 500);
    assert.equal((await bob.read()).audio.isHeld, false);
    await change([speaker]);
    await bob.until((page) => page.audio.isHeld && page.audio.isPaused);
    await bob.page.click("text=Go on listening");
    await bob.until(isInSync);
  });

  test("how loud it is, and how late its speakers are, is remembered on the device", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await join();
    await bob.page.locator(".volume input").fill("0.4");
    await bob.page.click('[aria-label="Mute"]');
    await bob.page.click(".sync summary");
    await bob.page.locator(".calibration input[type=range]").fill("180");
    const isAhead = ({ audio, positionMs }) => !audio.isPaused && Math.abs(audio.currentTimeMs - positionMs - 180) < 50;
    await bob.until(isAhead);
    await bob.page.reload();
    await bob.inRoom();
    await bob.until(isAhead);
    const { audio } = await bob.read();
    assert.deepEqual([audio.volume, audio.isMuted, audio.offsetMs], [0.4, true, 180]);
    assert.deepEqual(await bob.page.evaluate(() => [...window.ears].map(({ volume, muted }) => [volume, muted])[0]), [0.4, true]);
    await bob.page.click('[aria-label="Unmute"]');
    await bob.page.click(".sync summary");
    await bob.page.locator(".calibration input[type=range]").fill("0");
    await bob.until(isInSync);
  });

  test("how well it is in sync is said in milliseconds", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await ann.page.waitForFunction(() => /\d+ ms/.test(document.querySelector(".sync")?.textContent));
  });

  test("a machine that slept is where the others are soon after", async () => {
    await newRoom(ann, server);
    await add(ann, url("one"));
    await join();
    // It is reconnecting for a moment only, which who asks the page now and then may miss.
    await bob.page.evaluate(() => {
      window.links = [];
      window.__whatssound.connection.on("state", (state) => window.links.push(state));
      window.sleptMs = 4_000;
    });
    // A page that is held up between the two clocks is looked at again.
    const heardAt = (window) => window.page.evaluate(() => {
      for (;;) {
        const beforeMs = Date.now();
        const { currentTimeMs } = window.__whatssound.read().audio;
        if (Date.now() - beforeMs < 5) return currentTimeMs - beforeMs;
      }
    });
    await bob.page.waitForFunction(() => window.links.includes("reconnecting"));
    await bob.until((page) => page.link === "live" && isInSync(page) && page.clock.samples > 12 && page.clock.errorMs < 5);
    const apart = Math.abs((await heardAt(bob)) - (await heardAt(ann)));
    assert.ok(apart < 150, `${apart} ms apart`);
  });

  test("no page had an error", () => {
    assert.deepEqual([...ann.errors, ...bob.errors], []);
  });
});
