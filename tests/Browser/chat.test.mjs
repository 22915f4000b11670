import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CutProxy } from "../Gateway/npm/support/CutProxy.mjs";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { startProcess, temporaryData } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { costsOf, nineOfTen } from "./support/frames.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

/** A frame that takes longer is seen. */
const frameMs = 50;

describe("the chat", { skip }, () => {
  let data;
  let server;
  let browser;
  let proxy;
  let ann;
  let bob;
  let roomId;
  let programs = [];
  let said = 0;

  before(async () => {
    data = temporaryData();
    // As many lines as there may be in a long evening, said in some seconds.
    server = await startProcess(data, { settings: { "Rooms:ChatBurstMax": "10000", "Rooms:ChatPerSecond": "1000" } });
    browser = await launch();
    proxy = await CutProxy.open(server.url);
    ann = await Window.open(browser, "Ann", server.url);
    roomId = new URL(await ann.openRoom("Talkative")).pathname.split("/").pop();
    bob = await Window.open(browser, "Bob", `${proxy.url}/r/${roomId}`);
    await bob.inRoom();
    programs = await Promise.all(["cyd", "dan", "eve", "fay"].map((name) => enter(server, roomId, unique(name), { name })));
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.client.stop()));
    await browser?.close();
    await proxy?.close();
    await server?.stop();
    data?.remove();
  });

  /** Each program says so many lines; answers the last one of each. */
  const chatter = async (lines) => {
    const from = said;
    said += lines;
    await Promise.all(programs.map(async (program, i) => {
      for (let n = from; n < from + lines; n++) await program.client.command("SendChat", roomId, { text: `${program.client.name} ${n}` });
    }));
  };

  const fromEnd = (window) => window.page.evaluate(() => {
    const list = document.querySelector(".messages");
    return Math.round(list.scrollHeight - list.scrollTop - list.clientHeight);
  });

  const untilAtEnd = (window) => window.page.waitForFunction(() => { const list = document.querySelector(".messages"); return list.scrollHeight - list.scrollTop - list.clientHeight < 2; });

  const untilTotal = (window, last) => window.page.waitForFunction((text) => document.querySelector(".messages").textContent.includes(text), last);

  /** All has come that the programs said, and the newest of it is shown. Which program is the last to be done nobody knows, and of what came long before the page may have a gap. */
  const untilAllIsSaid = async (window) => {
    for (const program of programs) await window.until((page, last) => page.room.chat.some(({ data }) => data.text === last), `${program.client.name} ${said - 1}`);
    await untilTotal(window, (await window.read()).room.chat.at(-1).data.text);
  };

  test("it follows its end through bursts, and beyond what the connection keeps", async () => {
    for (const lines of [5, 5, 140]) {
      await chatter(lines);
      await untilAllIsSaid(ann);
      await untilAtEnd(ann);
    }
    assert.equal((await ann.read()).room.chat.length, 500);
    await chatter(3);
    await untilAllIsSaid(ann);
    await untilAtEnd(ann);
  });

  test("it stays where its reader is, and says how much is new", async () => {
    await ann.page.hover(".messages");
    await ann.page.mouse.wheel(0, -600);
    await ann.page.waitForSelector(".to-end");
    const before = await fromEnd(ann);
    await chatter(2);
    await ann.page.waitForSelector(".to-end:has-text('8 new messages')");
    assert.ok((await fromEnd(ann)) > before, "it has moved");
    await ann.page.click(".to-end");
    await untilAtEnd(ann);
    await ann.page.waitForSelector(".to-end", { state: "detached" });
  });

  test("who comes later reads it back to its beginning", async () => {
    const late = await ann.again(`${server.url}/r/${roomId}`);
    const lines = () => late.page.evaluate(() => Number(document.querySelector(".messages").dataset.lines));
    assert.ok((await lines()) < 500);
    await late.page.waitForFunction((text) => {
      const list = document.querySelector(".messages");
      list.scrollTop = 0;
      return [...list.querySelectorAll(".message .text")].some((node) => node.textContent === text) && !list.querySelector(".earlier");
    }, "cyd 0", { polling: "raf" });
    assert.equal(await lines(), programs.length * said);
    await late.close();
  });

  test("on a phone it opens at the newest message, and its tab says how many are unread", async () => {
    // Of somebody who has no other page: what one page has read is read on all of them.
    const phone = await Window.open(browser, "Gus", `${server.url}/r/${roomId}`, { viewport: { width: 360, height: 740 } });
    await phone.inRoom();
    await phone.page.click('.tabs button:has-text("Queue")');
    await chatter(1);
    await phone.page.waitForSelector(".tabs .unread:has-text('4')");
    await phone.page.click('.tabs button:has-text("Chat")');
    await untilTotal(phone, `fay ${said - 1}`);
    await untilAtEnd(phone);
    await phone.page.waitForSelector(".tabs .unread", { state: "detached" });
    assert.equal(await phone.page.locator(".new-lines").count(), 1);
    await phone.close();
  });

  test("what is said without a connection waits in sight, and is said once", async () => {
    proxy.cut();
    await bob.say("from the tunnel");
    await bob.page.waitForSelector(".unsaid:has-text('from the tunnel')");
    await bob.page.waitForSelector("text=Waiting to be sent");
    proxy.restore();
    await ann.textsUpTo("from the tunnel");
    await bob.textsUpTo("from the tunnel");
    await bob.page.waitForSelector(".unsaid", { state: "detached" });
    assert.equal((await ann.read()).room.chat.filter((line) => line.data.text === "from the tunnel").length, 1);
  });

  test("what is refused stays in sight with the reason", async () => {
    await bob.say("x".repeat(501));
    await bob.page.waitForSelector(".unsaid:has-text('That message is too long.')");
    await bob.page.click(".unsaid >> text=Discard");
    await bob.page.waitForSelector(".unsaid", { state: "detached" });
  });

  test("replies, mentions, reactions, edits and who writes are seen by the others", async () => {
    await ann.say("shall we dance?");
    await bob.textsUpTo("shall we dance?");
    await bob.page.hover(".message:has-text('shall we dance?')");
    await bob.page.click(".message:has-text('shall we dance?') .more");
    await bob.page.click(".line-actions >> text=Reply");
    await bob.page.waitForSelector("#message:focus");
    await bob.page.fill("#message", "@an");
    await ann.page.waitForSelector(".typing:has-text('Bob is writing')");
    await bob.page.press("#message", "Enter");
    await bob.page.type("#message", "gladly");
    await bob.page.press("#message", "Enter");
    await ann.page.waitForSelector(".message.to-me:has-text('@Ann gladly')");
    assert.match(await ann.page.locator(".message.to-me .quote").last().textContent(), /^Ann: shall we dance\?/);
    await ann.page.hover(".message.to-me");
    await ann.page.click(".message.to-me .more");
    await ann.page.click('[aria-label="React with 🎉"]');
    await bob.page.waitForSelector(".message:has-text('gladly') .reaction:has-text('🎉 1')");
    await bob.page.hover(".message:has-text('gladly')");
    await bob.page.click(".message:has-text('gladly') .more");
    await bob.page.click(".line-actions >> text=Edit");
    // What was said is put there to be changed, over anything that is written before.
    await bob.page.waitForFunction(() => document.querySelector("#message").value === "@Ann gladly");
    await bob.page.fill("#message", "@Ann at once");
    await bob.page.press("#message", "Enter");
    await ann.page.waitForSelector(".message.to-me:has-text('@Ann at once'):has-text('(edited)')");
    await ann.page.hover(".message.to-me");
    // The owner takes back what stands below her.
    await ann.page.click(".message.to-me .more");
    await ann.page.click(".line-actions >> text=Take back");
    await bob.page.waitForSelector(".message:has-text('Taken away by who keeps order')");
  });

  test("names and messages of the other direction turn nothing round", async () => {
    const sara = await enter(server, roomId, unique("sara"), { name: "سارة" });
    programs.push(sara);
    await sara.client.command("SendChat", roomId, { text: "مرحبا (1) hello" });
    await untilTotal(ann, "مرحبا");
    const line = ann.page.locator(".message", { hasText: "مرحبا" });
    assert.equal(await line.locator(".text").evaluate((node) => getComputedStyle(node).direction), "rtl");
    const [name, time] = await Promise.all([line.locator("strong").boundingBox(), line.locator("time").boundingBox()]);
    assert.ok(name.x < time.x, "the time stands behind the name");
    programs.pop();
    await sara.client.stop();
  });

  test("5,000 lines scroll, and are written beneath, without a frame that is seen", async (t) => {
    // In portions: a page that is far behind would be told to begin anew.
    for (let portion = 0; portion < 11; portion++) {
      await chatter(100);
      await untilAllIsSaid(ann);
    }
    await ann.page.waitForFunction(() => Number(document.querySelector(".messages").dataset.lines) > 4_900);
    const total = await ann.page.evaluate(() => Number(document.querySelector(".messages").dataset.lines));
    await ann.page.hover(".messages");
    const scrolled = await costsOf(ann.page, Array.from({ length: 40 }, (_, i) => () => ann.page.mouse.wheel(0, i < 25 ? -600 : 900)));
    await ann.page.focus("#message");
    const typed = await costsOf(ann.page, [..."a line that is written"].map((letter) => () => ann.page.keyboard.type(letter)));
    const worst = { scrolled: nineOfTen(scrolled), typed: nineOfTen(typed) };
    t.diagnostic(`${total} lines; nine of ten within ${worst.scrolled.toFixed(1)} ms a frame of scrolling, ${worst.typed.toFixed(1)} ms a frame of typing`);
    assert.ok(worst.scrolled < frameMs && worst.typed < frameMs, JSON.stringify(worst));
    await ann.page.fill("#message", "");
  });

  test("no page had an error", () => {
    assert.deepEqual([...ann.errors, ...bob.errors], []);
  });
});
