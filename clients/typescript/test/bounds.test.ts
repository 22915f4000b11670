import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, RoomConnection, type RoomHints } from "../src/index.js";
import { ChannelFixture } from "./ChannelFixture.js";
import { FakeServer } from "./FakeServer.js";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle, VirtualEnvironment } from "./VirtualEnvironment.js";

const tooLarge = { code: "PAYLOAD_TOO_LARGE", message: "A request must have at most 65,536 bytes.", retryable: false, detail: "65536" };
const large = "y".repeat(3_000_000);

/** Whatever can be asked for with something that is too large in it. */
const requests: Record<string, (fixture: Fixture) => Promise<unknown>> = {
  publish: (fixture) => fixture.connection.connection.channel("news").publish("x", large),
  "publish of bytes": (fixture) => fixture.connection.connection.channel("news").publish("x", new Uint8Array(60_000)),
  "publish with extras": (fixture) => fixture.connection.connection.channel("news").publish("x", 1, { extras: { large } }),
  subscribe: (fixture) => fixture.connection.connection.channel("news").subscribe(() => undefined, { headers: { large } }),
  chat: (fixture) => fixture.connection.sendChat(large),
  tracks: (fixture) => fixture.connection.enqueue(Array.from({ length: 200 }, () => ({ url: "u".repeat(400), title: "t", artist: null, durationMs: 1 }))),
  join: (fixture) => fixture.connection.join("other", { large }),
  "any request": (fixture) => fixture.connection.request("GetChat", { large }),
};

for (const [name, ask] of Object.entries(requests)) {
  test(`a ${name} that is too large is refused before it is sent, and the connection lives`, async () => {
    const fixture = await Fixture.joined();
    const before = fixture.server.methods.length;
    await assert.rejects(ask(fixture), tooLarge);
    assert.equal(fixture.connection.state, "live");
    assert.deepEqual(fixture.server.methods.slice(before).filter((method) => method !== "LeaveRoom"), []);
  });
}

test("info that is too large is refused before it is sent", async () => {
  const fixture = await ChannelFixture.subscribed();
  await assert.rejects(fixture.channel.presence.enter({ large }), tooLarge);
  assert.equal(fixture.server.count("EnterPresence"), 0);
});

test("what is too large is refused without a connection, too", async () => {
  const fixture = new ChannelFixture();
  await assert.rejects(fixture.channel.publish("x", large), tooLarge);
});

test("bytes count, and not characters: what just fits is sent", async () => {
  const fixture = await ChannelFixture.subscribed();
  await assert.rejects(fixture.channel.publish("said", { text: "ü".repeat(33_000) }), tooLarge);
  await fixture.channel.publish("said", { text: "y".repeat(65_000) });
});

test("a server that takes more, or less, is given that", async () => {
  const time = new VirtualEnvironment();
  const server = new FakeServer(time);
  const connection = new Connection({ url: "/hub", token: async () => "token", transport: server.transport, environment: time, requestBytesMax: 100_000 });
  await connection.start();
  await connection.channel("news").publish("said", "y".repeat(90_000));
  await assert.rejects(connection.channel("news").publish("said", "y".repeat(100_000)), { code: "PAYLOAD_TOO_LARGE", detail: "100000" });
});

test("a connection that the server ends for something too large is made anew: the largest request is refused, and the others are sent again", async () => {
  const fixture = await Fixture.joined();
  const publishing = heard(fixture.connection.connection.channel("news").publish("said", "y".repeat(50_000)));
  fixture.server.holdAnswers = () => new Promise(() => undefined);
  await settle();
  const large = heard(fixture.connection.connection.channel("other").publish("said", "y".repeat(60_000)));
  const small = heard(fixture.connection.sendChat("hello"));
  await settle();
  fixture.server.holdAnswers = null;
  fixture.server.send("closing", { code: "PAYLOAD_TOO_LARGE", reconnectAfterMs: null });
  await fixture.time.advance(10_000);
  await publishing;
  assert.equal(await codeOf(large), "PAYLOAD_TOO_LARGE");
  await small;
  assert.equal(fixture.connection.state, "live");
  assert.equal(fixture.server.connections, 2);
  assert.deepEqual(fixture.errors.map((error) => (error as { code: string }).code), ["PAYLOAD_TOO_LARGE"]);
});

test("a connection that the server ends for something unreadable is made anew, and what had no answer is sent again", async () => {
  const fixture = await Fixture.joined();
  const release = fixture.server.hold("SendChat");
  const sending = heard(fixture.connection.sendChat("hello"));
  await settle();
  fixture.server.send("closing", { code: "BAD_REQUEST", reconnectAfterMs: null });
  release();
  await fixture.time.advance(10_000);
  await sending;
  assert.deepEqual(fixture.texts, ["hello"]);
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

for (const [name, data] of Object.entries({ null: null, undefined, NaN, "a function": () => 1, "a BigInt": 1n, "a cycle": cycle })) {
  test(`data that is ${name} is refused before it is sent`, async () => {
    const fixture = await ChannelFixture.subscribed();
    await assert.rejects(fixture.channel.publish("said", data), { code: "BAD_REQUEST", detail: "data", retryable: false });
    assert.equal(fixture.server.count("Publish"), 0);
    await fixture.channel.publish("said", 0);
  });
}

test("a field of any request that is no JSON is refused by its name", async () => {
  const fixture = await ChannelFixture.subscribed();
  await assert.rejects(fixture.connection.request("Anything", { good: 1, odd: { at: 1n } }), { code: "BAD_REQUEST", detail: "odd" });
  await assert.rejects(fixture.channel.presence.enter({ at: 1n }), { code: "BAD_REQUEST", detail: "info" });
  assert.equal(fixture.connection.state, "live");
});

test("what is refused here names what it is about", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  await assert.rejects(fixture.channel.presence.enter(), { code: "NOT_SUBSCRIBED", detail: "news" });
  await fixture.channel.subscribe();
  await assert.rejects(fixture.channel.subscribe(undefined, { echo: false }), { code: "BAD_REQUEST", detail: "options" });
  const rooms = new Fixture();
  await rooms.connection.start();
  await assert.rejects(rooms.connection.play(), { code: "NOT_MEMBER", detail: "bob" });
  const nowhere = new RoomConnection({ url: "ftp://example.com", token: async () => "token" });
  await assert.rejects(nowhere.start(), { code: "BAD_REQUEST", detail: "url" });
});

test("a hint of an unknown name is refused", async () => {
  const fixture = await Fixture.joined();
  await assert.rejects(fixture.connection.hint("Nope" as keyof RoomHints, {} as never), { code: "UNKNOWN_METHOD" });
  assert.equal(fixture.server.count("Nope"), 0);
});

/** All that there are, to the compiler. */
const hints: { [Name in keyof RoomHints]: RoomHints[Name] } = {
  React: { emoji: "👏" },
  SetTyping: { isTyping: true },
  MarkRead: { offset: 1 },
  ReportEnded: { entryId: "e" },
  ReportUnplayable: { entryId: "e" },
  ReportReady: { entryId: "e" },
  ReportActive: {},
  ReportLatency: { oneWayMs: 1 },
  ReportHostPosition: { entryId: "e", positionMs: 1 },
};

for (const [name, body] of Object.entries(hints)) {
  test(`the hint ${name} is sent`, async () => {
    const fixture = await Fixture.joined();
    await fixture.connection.hint(name as "React", body as RoomHints["React"]);
    assert.equal(fixture.server.count(name), 1);
  });
}
