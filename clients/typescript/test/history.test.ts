import assert from "node:assert/strict";
import { test } from "node:test";
import type { HistoryPage, Publication } from "../src/index.js";
import { ChannelFixture } from "./ChannelFixture.js";
import { codeOf, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const texts = ({ publications }: { publications: Publication[] }): string[] => publications.map(({ data }) => (data as { text: string }).text);

async function pagesOf(pages: AsyncIterable<HistoryPage>, between: () => void = () => undefined): Promise<HistoryPage[]> {
  const read: HistoryPage[] = [];
  for await (const page of pages) {
    read.push(page);
    between();
  }
  return read;
}

test("a page is read without subscribing, and nothing is delivered", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  for (const text of ["one", "two", "three"]) fixture.there.mumble(text);
  const page = await fixture.channel.history({ max: 2 });
  assert.deepEqual([texts(page), page.position, page.next, page.isComplete], [["two", "three"], { epoch: "e1", offset: 3 }, 2, true]);
  assert.deepEqual(texts(await fixture.channel.history({ direction: "forward", max: 2 })), ["one", "two"]);
  assert.deepEqual([fixture.there.isAttached, fixture.channel.isSubscribed, fixture.texts, fixture.told], [false, false, [], []]);
});

test("it is asked for as it is wanted", async () => {
  const fixture = await ChannelFixture.subscribed({ events: ["said"], echo: false });
  const wanted = { before: 9, after: 2, fromMs: 5, toMs: 7, direction: "forward", max: 3, events: ["said"] } as const;
  await fixture.channel.history(wanted);
  assert.deepEqual(fixture.server.requests.at(-1), { method: "GetHistory", body: { channel: "news", ...wanted } });
  await fixture.channel.history();
  assert.deepEqual(fixture.server.requests.at(-1)!.body, { channel: "news" });
});

for (const direction of ["backward", "forward"] as const) {
  test(`pages are read until there is none, ${direction}, while others publish`, async () => {
    const fixture = await ChannelFixture.subscribed();
    for (let i = 1; i <= 7; i++) fixture.there.mumble(`${i}`);
    const pages = await pagesOf(fixture.channel.historyPages({ direction, max: 3, before: 8 }), () => fixture.there.say("later"));
    assert.deepEqual(pages.map(texts), direction === "forward" ? [["1", "2", "3"], ["4", "5", "6"], ["7"]] : [["5", "6", "7"], ["2", "3", "4"], ["1"]]);
    assert.deepEqual(pages.map(({ next }) => next), direction === "forward" ? [3, 6, null] : [5, 2, null]);
  });
}

test("pages and what is delivered are the channel, each publication once", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  for (const text of ["one", "two", "three"]) fixture.there.mumble(text);
  const { position } = await fixture.subscribe();
  fixture.there.say("four");
  const pages = await pagesOf(fixture.channel.historyPages({ before: position.offset + 1, max: 2 }), () => fixture.there.say("later"));
  assert.deepEqual([...pages.reverse().flatMap(texts), ...fixture.texts], ["one", "two", "three", "four", "later", "later"]);
  assert.deepEqual([fixture.told, fixture.server.count("Subscribe")], [["live"], 1]);
});

test("pages end where the channel is numbered anew", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  for (let i = 1; i <= 4; i++) fixture.there.mumble(`${i}`);
  const pages = await pagesOf(fixture.channel.historyPages({ max: 2 }), () => {
    fixture.there.renumber();
    fixture.there.mumble("anew");
  });
  assert.deepEqual(pages.map((page) => [texts(page), page.next, page.isComplete]), [[["3", "4"], 3, true], [[], null, false]]);
});

test("it is read over a lost connection, and refused for good where it is", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  fixture.server.hold("GetHistory");
  const reading = fixture.channel.history();
  await settle();
  fixture.server.holdAnswers = null;
  await fixture.comeBack(() => undefined);
  assert.deepEqual(texts(await reading), ["one"]);
  fixture.server.refuse = (method) => (method === "GetHistory" ? "FORBIDDEN" : null);
  assert.equal(await codeOf(heard(fixture.channel.history())), "FORBIDDEN");
  await assert.rejects(pagesOf(fixture.channel.historyPages()), { code: "FORBIDDEN" });
  await fixture.connection.stop();
  assert.equal(await codeOf(heard(fixture.channel.history())), "CLOSED");
});
