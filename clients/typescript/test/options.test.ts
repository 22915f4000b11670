import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, textOf, type Publication } from "../src/index.js";
import { ChannelFixture } from "./ChannelFixture.js";
import { codeOf, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

/** What was asked last with a method, but for what is made up. */
function asked(fixture: ChannelFixture, method: string): Record<string, unknown> {
  const { id: _, ...body } = fixture.server.requests.filter((request) => request.method === method).at(-1)!.body;
  return body;
}

const publication = (offset: number, more: object = {}): object => ({ offset, id: `p${offset}`, timeMs: 0, publisher: "ann", event: "said", data: { text: `${offset}` }, key: null, ...more });

const frame = (previousOffset: number, headOffset: number, ...publications: object[]): object => ({
  channel: "news",
  epoch: "e1",
  class: "ordered",
  previousOffset,
  headOffset,
  publications,
});

test("a publication may have headers, extras and a key, and no event", async () => {
  const fixture = await ChannelFixture.subscribed();
  await fixture.channel.publish(null, 1, { key: "k", headers: { lang: "en" }, extras: { push: { title: "hi" } } });
  assert.deepEqual(asked(fixture, "Publish"), { channel: "news", data: 1, key: "k", headers: { lang: "en" }, extras: { push: { title: "hi" } } });
});

test("text goes as text, bytes as base64, and JSON as it is", async () => {
  const fixture = await ChannelFixture.subscribed();
  const all = Uint8Array.from({ length: 40_000 }, (_, i) => i % 256);
  for (const [data, encoding, sent] of [
    ["hello", "text", { data: "hello", encoding: "text" }],
    ["hello", undefined, { data: "hello" }],
    [new Uint8Array([1, 2, 255]), undefined, { data: "AQL/", encoding: "base64" }],
    [new Uint8Array([9, 1, 2, 9]).subarray(1, 3), undefined, { data: "AQI=", encoding: "base64" }],
    [new Uint16Array([513]), undefined, { data: "AQI=", encoding: "base64" }],
    [new Uint8Array([1]).buffer, undefined, { data: "AQ==", encoding: "base64" }],
    [all, undefined, { data: Buffer.from(all).toString("base64"), encoding: "base64" }],
  ] as const) {
    await fixture.channel.publish("shown", data, encoding ? { encoding } : {});
    assert.deepEqual(asked(fixture, "Publish"), { channel: "news", event: "shown", ...sent });
  }
});

test("text and bytes are read as what they are, and nothing else is", () => {
  const read = (data: unknown, encoding?: "text" | "base64"): unknown[] => {
    const { ...one } = { offset: 1, id: "i", timeMs: 0, publisher: null, event: null, data, key: null, ...(encoding && { encoding }) } satisfies Publication;
    return [textOf(one), bytesOf(one)];
  };
  assert.deepEqual(read("hi", "text"), ["hi", null]);
  assert.deepEqual(read("AQL/", "base64"), [null, new Uint8Array([1, 2, 255])]);
  assert.deepEqual(read("hi"), [null, null]);
  for (const odd of [5, null, {}, [], true]) assert.deepEqual([...read(odd, "text"), ...read(odd, "base64")], [null, null, null, null]);
  assert.deepEqual(read("not base64!", "base64"), [null, null]);
});

test("what is asked for is asked for again on each new connection, and after a gap", async () => {
  const fixture = await ChannelFixture.subscribed({ echo: false, events: ["said"], headers: { lang: "en" }, rewind: { ms: 5_000 } });
  const wants = { channel: "news", echo: false, events: ["said", "presence"], headers: { lang: "en" } };
  assert.deepEqual(asked(fixture, "Subscribe"), { ...wants, rewindMs: 5_000 });
  await fixture.comeBack(() => fixture.there.mumble("one"));
  assert.deepEqual(asked(fixture, "Subscribe"), { ...wants, since: { epoch: "e1", offset: 0 } });
  fixture.server.send("frame", frame(3, 4, publication(4)));
  await settle();
  assert.deepEqual(asked(fixture, "Subscribe"), { ...wants, since: { epoch: "e1", offset: 1 } });
});

for (const options of [{ echo: false }, { events: ["said"] }, { headers: { lang: "en" } }, { presence: "none" }] as const) {
  test(`of a channel that is filtered offsets may be left out, inside of frames and in frames without any: ${Object.keys(options)}`, async () => {
    const fixture = await ChannelFixture.subscribed(options);
    fixture.server.send("frame", frame(0, 5, publication(2), publication(4)));
    fixture.server.send("frame", frame(5, 9));
    fixture.server.send("frame", frame(9, 10, publication(10)));
    assert.deepEqual([fixture.texts, fixture.channel.position?.offset, fixture.server.count("Subscribe")], [["2", "4", "10"], 10, 1]);
  });
}

test("who wants nothing of who is there says so, and is told nothing of it", async () => {
  const fixture = await ChannelFixture.subscribed({ presence: "none" });
  assert.deepEqual(asked(fixture, "Subscribe"), { channel: "news", presence: "none" });
  await fixture.comeBack(() => undefined);
  assert.deepEqual(asked(fixture, "Subscribe"), { channel: "news", presence: "none", since: { epoch: "e1", offset: 0 } });
});

test("a frame that is missing of a filtered channel is recovered all the same", async () => {
  const fixture = await ChannelFixture.subscribed({ events: ["said"] });
  fixture.there.mumble("one");
  fixture.there.say("two");
  await settle();
  assert.deepEqual([fixture.texts, fixture.told], [["one", "two"], ["live", "recovered"]]);
});

test("without echo nothing comes that this client published, over another connection neither", async () => {
  const fixture = await ChannelFixture.subscribed({ echo: false });
  fixture.server.hold("Publish");
  void heard(fixture.channel.publish("said", { text: "mine" }));
  await settle();
  fixture.server.holdAnswers = null;
  await fixture.comeBack(() => fixture.there.mumble("theirs"));
  assert.deepEqual(fixture.texts, ["theirs"]);
});

test("who is there is known where one event is asked for, and not told as that event", async () => {
  const fixture = await ChannelFixture.subscribed({ events: ["said"] });
  const events: unknown[] = [];
  fixture.channel.on("publication", ({ event }) => events.push(event));
  await fixture.channel.presence.get();
  fixture.there.enter("ann");
  fixture.there.say("one");
  assert.deepEqual([fixture.channel.presence.count, events], [1, ["said"]]);
});

test("a second listener has no options of its own", async () => {
  const fixture = await ChannelFixture.subscribed();
  assert.equal(await codeOf(heard(fixture.channel.subscribe(() => undefined, { echo: false }))), "BAD_REQUEST");
});

const odd: unknown[] = [null, 0, -1, 1e308, "", "\ud800", "__proto__", true, [], {}, [[[]]], { toString: 5 }, { length: -1 }, JSON.parse('{"__proto__":{"a":1}}'), "x".repeat(70_000)];

test("whatever others publish reaches the handler as data, in order, and nothing is thrown", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  await fixture.channel.subscribe();
  const told: unknown[] = [];
  fixture.channel.on("publication", (one) => {
    told.push(one.data);
    textOf(one);
    bytesOf(one);
  });
  fixture.channel.presence.on("joined", () => undefined);
  let offset = 0;
  for (const value of odd) {
    for (const member of ["data", "event", "key", "headers", "extras", "publisher", "publisherKind", "encoding", "id", "timeMs"]) {
      fixture.server.send("frame", frame(offset, offset + 1, publication(++offset, { data: value, [member]: value })));
    }
    fixture.server.send("frame", frame(offset, offset + 1, publication(++offset, { event: "presence", publisher: null, data: value })));
    fixture.server.send("frame", frame(offset, offset + 1, publication(++offset, { event: "presence", publisher: null, data: { joined: [value, { userId: "u", info: value }], left: [value], updated: value, total: 1 } })));
  }
  await settle();
  assert.equal(told.length, offset);
  assert.deepEqual([fixture.channel.position?.offset, fixture.server.count("Subscribe"), fixture.errors], [offset, 1, []]);
});

test("what cannot be read is counted, and changes nothing", async () => {
  const fixture = await ChannelFixture.subscribed();
  for (const name of ["frame", "lost", "detached"] as const) for (const value of odd) fixture.server.send(name, value);
  assert.deepEqual(fixture.connection.dropped, { messages: 3 * odd.length, publications: 0 });
  fixture.there.class = "conflated";
  fixture.server.send("frame", { ...frame(0, 2, publication(1), publication(2, { offset: "2" })), class: "conflated" });
  assert.deepEqual([fixture.connection.dropped.publications, fixture.texts, fixture.connection.state], [1, ["1"], "live"]);
});
