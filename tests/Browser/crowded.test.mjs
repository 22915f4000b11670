import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, song, unique } from "../Gateway/npm/support/rooms.mjs";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { costsOf, nineOfTen } from "./support/frames.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** A frame that takes longer is seen. */
const frameMs = 50;
const people = 60;
const songs = 500;
const lines = 5_000;

describe("a crowded room", { skip }, () => {
  let data;
  let server;
  let browser;
  let ann;
  let roomId;
  let others = [];

  before(async () => {
    data = temporaryData();
    // All that is said in a long evening, said in some seconds.
    server = await startProcess(data, { settings: { "Rooms:ChatBurstMax": "10000", "Rooms:ChatPerSecond": "2000" } });
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    roomId = new URL(await ann.openRoom("Crowded")).pathname.split("/").pop();
    others = await Promise.all(Array.from({ length: people - 1 }, (_, i) => enter(server, roomId, unique(`guest${i}`), { name: `Guest ${i}` })));
    await ann.page.evaluate(() => window.__whatssound.connection.act("SetQueueMode", { songsPerUserMax: 200 }));
    // As many at once as a command takes, from a few who brought much, each song after the ones before it.
    const brought = songs / 5;
    await Promise.all(others.slice(0, 5).map(async ({ client }, i) => {
      for (let from = 0; from < brought; from += 50)
        await client.command("Enqueue", roomId, { tracks: Array.from({ length: 50 }, (_, n) => song(`${i} brought ${from + n}`)) });
    }));
    const each = lines / 20;
    await Promise.all(others.slice(0, 20).map(async ({ client }, i) => {
      for (let n = 0; n < each; n++) await client.command("SendChat", roomId, { text: `${i} says ${n}` });
    }));
    await ann.page.waitForFunction((count) => Number(document.querySelector("[data-testid=member-total]").textContent) === count, people);
    await ann.until((page, count) => page.room.queue.total >= count, songs - 1);
    for (let i = 0; i < 20; i++) await ann.until((page, last) => page.room.chat.some(({ data: { text } }) => text === last), `${i} says ${each - 1}`);
  });

  after(async () => {
    await Promise.all(others.map(({ client }) => client.stop()));
    await browser?.close();
    await server?.stop();
    data?.remove();
  });

  const isSmooth = (t, what, costs) => {
    t.diagnostic(`${what}: nine of ten within ${nineOfTen(costs).toFixed(1)} ms a frame`);
    assert.ok(nineOfTen(costs) < frameMs, costs.map(Math.round).join());
  };
  const wheel = (byPx) => () => ann.page.mouse.wheel(0, byPx);

  test(`its ${people} people scroll without a frame that is seen`, async (t) => {
    await ann.page.hover(".panel.people");
    isSmooth(t, "people", await costsOf(ann.page, Array.from({ length: 30 }, (_, i) => wheel(i < 15 ? 300 : -300))));
  });

  test(`its ${songs} songs do`, async (t) => {
    await ann.page.click("text=Show all");
    await ann.page.waitForSelector("text=Show the first only");
    await ann.page.hover("[data-testid=queue]");
    isSmooth(t, "songs", await costsOf(ann.page, Array.from({ length: 30 }, () => wheel(700))));
  });

  test(`its ${lines} lines do, read back to the first`, async (t) => {
    const late = await ann.again(`${server.url}/r/${roomId}`);
    const shown = () => late.page.evaluate(() => Number(document.querySelector(".messages").dataset.lines));
    assert.ok((await shown()) < 500, `${await shown()} lines at the start`);
    await late.page.hover(".messages");
    const costs = [];
    while (await late.page.locator(".messages .earlier").count()) costs.push(...await costsOf(late.page, Array.from({ length: 10 }, () => () => late.page.mouse.wheel(0, -2_000))));
    assert.ok((await shown()) >= lines, `${await shown()} lines`);
    isSmooth(t, "lines that are read back", costs);
    isSmooth(t, "lines that are there", await costsOf(late.page, Array.from({ length: 30 }, (_, i) => () => late.page.mouse.wheel(0, i < 15 ? 3_000 : -3_000))));
    assert.deepEqual(late.errors, []);
    await late.close();
  });

  test("a message is typed, while others speak and vote", async (t) => {
    await ann.page.click("#message");
    const text = "all of this while sixty are here";
    const { entryId } = (await ann.read()).room.queue.window[0];
    const steps = [...text].map((key, i) => async () => {
      await ann.page.keyboard.type(key);
      if (i % 8 === 3) await others[i].client.command("SendChat", roomId, { text: `meanwhile ${i}` });
      if (i % 8 === 7) await others[i].client.command("Vote", roomId, { entryId, value: 1 });
    });
    const costs = await costsOf(ann.page, steps);
    assert.equal(await ann.page.inputValue("#message"), text);
    isSmooth(t, "typing", costs);
    assert.deepEqual(ann.errors, []);
  });
});
