import assert from "node:assert/strict";
import { test } from "node:test";
import type { RefusalError } from "../src/index.js";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const texts = Array.from({ length: 10 }, (_, i) => `message ${i}`);

test("ten messages written offline are sent in order, no faster than the user may ask", async () => {
  const fixture = await Fixture.joined();
  limitChat(fixture);
  const sending = await offline(fixture, () => texts.map((text) => fixture.connection.sendChat(text)));
  await fixture.time.advance(10_000);
  assert.deepEqual(await Promise.all(sending.map(codeOf)), texts.map(() => "none"));
  assert.deepEqual(saidIn(fixture), texts);
  const ids = fixture.server.requests.filter(({ method }) => method === "SendChat").map(({ body }) => body["commandId"]);
  assert.equal(new Set(ids).size, texts.length);
});

test("a line that is given while those of before wait is sent after them, and waits as they do", async () => {
  const fixture = await Fixture.joined();
  limitChat(fixture);
  const before = await offline(fixture, () => texts.map((text) => fixture.connection.sendChat(text)));
  await fixture.time.advance(2_000);
  assert.equal(fixture.connection.state, "live");
  const last = fixture.connection.sendChat("one more");
  await fixture.time.advance(10_000);
  await Promise.all([...before, last]);
  assert.deepEqual(saidIn(fixture), [...texts, "one more"]);
});

test("a line whose answer was lost is sent again however fast the others came, with the id it had", async () => {
  const fixture = await Fixture.joined();
  let refusals = 0;
  fixture.server.holdAnswers = async (method) => {
    if (method !== "SendChat") return;
    fixture.server.holdAnswers = null;
    fixture.server.refuse = (asked) => (asked === "SendChat" && refusals++ === 0 ? "RATE_LIMITED" : null);
    fixture.server.cut();
  };
  const sending = [fixture.connection.sendChat("first"), fixture.connection.sendChat("second")];
  await fixture.time.advance(10_000);
  await Promise.all(sending);
  assert.deepEqual(saidIn(fixture), ["first", "second"]);
  const ids = fixture.server.requests.filter(({ method }) => method === "SendChat").map(({ body }) => body["commandId"]);
  assert.deepEqual([ids.length, new Set(ids).size], [4, 2]);
});

for (const code of ["SLOW_MODE", "MUTED", "SOMETHING_NEW"]) {
  test(`what was given without a connection waits for ${code} to be over, and nothing passes it`, async () => {
    const fixture = await Fixture.joined();
    let refusals = 0;
    fixture.server.refuse = (method, { text }) => (method === "SendChat" && text === "first" && refusals++ < 2 ? { code, retryable: true, retryAfterMs: 3_000, detail: "Enough" } : null);
    const sending = await offline(fixture, () => ["first", "second"].map((text) => fixture.connection.sendChat(text)));
    await fixture.time.advance(10_000);
    await Promise.all(sending);
    assert.deepEqual(saidIn(fixture), ["first", "second"]);
  });
}

test("what was given without a connection and is refused for longer than a minute, or for good, is told, and the rest is sent", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method, { text }) =>
    method !== "SendChat" || text === "last" ? null : text === "muted" ? { code: "MUTED", retryable: true, retryAfterMs: 90_000 } : "MESSAGE_TOO_LONG";
  const sending = await offline(fixture, () => ["muted", "long", "last"].map((text) => heard(fixture.connection.sendChat(text))));
  await fixture.time.advance(5_000);
  assert.deepEqual(await Promise.all(sending.map(codeOf)), ["MUTED", "MESSAGE_TOO_LONG", "none"]);
});

test("songs and publications that were given without a connection wait too", async () => {
  const fixture = await Fixture.joined();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "Enqueue" && refusals++ === 0 ? "RATE_LIMITED" : method === "Publish" && refusals++ === 1 ? { code: "SLOW_MODE", retryable: true, retryAfterMs: 500 } : null);
  const sending = await offline(fixture, () => [
    fixture.connection.enqueue([]),
    fixture.connection.pause(),
    fixture.connection.connection.channel("news").publish("said", 1),
    fixture.connection.connection.channel("news").publish("said", 2),
  ] as Promise<unknown>[]);
  await fixture.time.advance(10_000);
  assert.deepEqual(await Promise.all(sending.map(codeOf)), ["none", "none", "none", "none"]);
  assert.deepEqual(fixture.server.methods.filter((method) => method === "Enqueue" || method === "Pause"), ["Enqueue", "Enqueue", "Pause"]);
  const said = fixture.server.requests.filter(({ method }) => method === "Publish").map(({ body }) => body["data"]);
  assert.deepEqual(said, [1, 1, 2]);
});

test("a command that meets NOT_READY is carried out before the one that was given after it", async () => {
  const fixture = await Fixture.joined();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "SendChat" && refusals++ === 0 ? "NOT_READY" : null);
  const sending = ["first", "second"].map((text) => fixture.connection.sendChat(text));
  await fixture.time.advance(1_000);
  await Promise.all(sending);
  assert.deepEqual(fixture.server.log.map((publication) => (publication.data as { text: string }).text), ["first", "second"]);
});

for (const [code, method, detail] of [
  ["MUTED", "SendChat", "Enough"],
  ["SLOW_MODE", "SendChat", null],
  ["RATE_LIMITED", "SendChat", "chat"],
  ["TIMED_OUT", "Vote", "Enough"],
  ["SKIP_TOO_EARLY", "VoteSkip", null],
  ["RECENTLY_PLAYED", "Enqueue", null],
] as const) {
  test(`a command that is refused with ${code} is told so at once, though it may succeed in a second, and is not sent again`, async () => {
    const fixture = await Fixture.joined();
    fixture.server.refuse = (asked) => (asked === method ? { code, retryable: true, retryAfterMs: 1_000, detail } : null);
    const refused = (await heard(fixture.connection.command(method, {})).catch((error: unknown) => error)) as RefusalError;
    assert.deepEqual([refused.code, refused.retryAfterMs, refused.detail], [code, 1_000, detail]);
    await fixture.time.advance(5_000);
    assert.equal(fixture.server.count(method), 1);
  });
}

test("a chat that has to wait does not hold up the music", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "SendChat" ? "NOT_READY" : null);
  fixture.connection.sendChat("hello").catch(() => undefined);
  await settle();
  assert.equal(await codeOf(fixture.connection.pause()), "none");
});

test("a command that is refused for a minute is refused", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Play" ? "RATE_LIMITED" : null);
  const playing = heard(fixture.connection.play());
  await fixture.time.advance(60_000);
  assert.equal(await codeOf(playing), "RATE_LIMITED");
  assert.equal(fixture.server.count("Play"), 60);
});

test("a connection that breaks at each answer does not keep a command for more than a minute", async () => {
  const fixture = await Fixture.joined();
  fixture.server.holdAnswers = async (method) => {
    if (method === "Play") fixture.server.cut();
  };
  const playing = heard(fixture.connection.play());
  await fixture.time.advance(75_000);
  assert.equal(await codeOf(playing), "TIMEOUT");
});

test("a command that waits when the room is left is told so, and not sent", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Play" ? "NOT_READY" : null);
  const playing = heard(fixture.connection.play());
  const pausing = heard(fixture.connection.pause());
  await settle();
  const before = fixture.server.count("Play");
  await fixture.connection.leave();
  assert.deepEqual([await codeOf(playing), await codeOf(pausing)], ["LEFT", "LEFT"]);
  await fixture.time.advance(5_000);
  assert.equal(fixture.server.count("Play"), before);
  assert.equal(fixture.server.count("Pause"), 0);
});

test("a command without a room is a rejected promise with a code", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  assert.equal(await codeOf(fixture.connection.sendChat("hello")), "NOT_MEMBER");
  assert.equal(await codeOf(fixture.connection.vote("e", 1)), "NOT_MEMBER");
  assert.equal(await codeOf(fixture.connection.command("Play", {})), "NOT_MEMBER");
});

test("a hint without a room or a connection is nothing", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  await fixture.connection.hint("ReportEnded", { entryId: "e" });
  await new Fixture().connection.hint("ReportHostPosition", { entryId: "e", positionMs: 1 });
  assert.deepEqual(fixture.server.methods, ["Authenticate", "JoinRoom"]);
});

/** Gives things to be sent while there is no connection. */
async function offline<T>(fixture: Fixture, give: () => T): Promise<T> {
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const given = give();
  fixture.server.isDown = false;
  return given;
}

function saidIn(fixture: Fixture): string[] {
  return fixture.server.log.map((publication) => (publication.data as { text: string }).text);
}

/** Five messages at once, one a second from then on, as the server has it. */
function limitChat(fixture: Fixture): void {
  let tokens = 5;
  let atMs = fixture.time.nowMs();
  fixture.server.refuse = (method) => {
    if (method !== "SendChat") return null;
    tokens = Math.min(5, tokens + (fixture.time.nowMs() - atMs) / 1_000);
    atMs = fixture.time.nowMs();
    if (tokens < 1) return { code: "RATE_LIMITED", retryable: true, retryAfterMs: Math.ceil((1 - tokens) * 1_000), detail: "chat" };
    tokens--;
    return null;
  };
}

test("each command of the queue goes out under its name, with what it was given", async () => {
  const fixture = await Fixture.joined();
  const { connection, server } = fixture;
  await connection.act("MoveEntry", { entryId: "e1", beforeEntryId: "e2" });
  await connection.act("PinEntry", { entryId: "e1" });
  await connection.act("UnpinEntry", { entryId: "e1" });
  await connection.act("ClearQueue", { ofUserId: "ann" });
  await connection.act("ShuffleQueue", {});
  await connection.act("Undo", { operation: 7 });
  await connection.act("SetQueueMode", { mode: "dj", isVotingOff: true });
  await connection.act("SetFallback", { tracks: [] });
  await connection.act("SetRate", { ratePermille: 1500 });
  await connection.hint("ReportUnplayable", { entryId: "e1" });
  await connection.hint("ReportLatency", { oneWayMs: 40 });
  const sent = server.requests.filter(({ method }) => method !== "Time").slice(-11).map(({ method, body }) => [method, withoutIds(body)]);
  assert.deepEqual(sent, [
    ["MoveEntry", { entryId: "e1", beforeEntryId: "e2" }],
    ["PinEntry", { entryId: "e1" }],
    ["UnpinEntry", { entryId: "e1" }],
    ["ClearQueue", { ofUserId: "ann" }],
    ["ShuffleQueue", {}],
    ["Undo", { operation: 7 }],
    ["SetQueueMode", { mode: "dj", isVotingOff: true }],
    ["SetFallback", { tracks: [] }],
    ["SetRate", { ratePermille: 1500 }],
    ["ReportUnplayable", { entryId: "e1" }],
    ["ReportLatency", { oneWayMs: 40 }],
  ]);
});

test("a page of the queue and the reason of a place are answers of the joined room", async () => {
  const fixture = await Fixture.joined();
  fixture.server.answers["GetQueuePage"] = { entries: [{ entryId: "e9", track: { url: "/9", title: "Nine", durationMs: 1000 }, addedBy: "ann" }, 5], total: 12, next: "0.1.2.3.4" };
  fixture.server.answers["GetPlaceReason"] = { entryId: "e9", place: 3, total: 12, mode: "fair", turn: 2, before: [{ entryId: "e1", addedBy: "ben", cause: "turn" }] };
  const page = await fixture.connection.queuePage("0.1.1.1.1", 20);
  assert.deepEqual([page.entries.map((entry) => entry.entryId), page.total, page.next, page.isRestarted], [["e9"], 12, "0.1.2.3.4", false]);
  const reason = await fixture.connection.placeReason("e9");
  assert.deepEqual([reason.place, reason.turn, reason.roundsAhead, reason.before[0]?.cause], [3, 2, null, "turn"]);
  assert.deepEqual(fixture.server.requests.filter(({ method }) => method !== "Time").slice(-2).map(({ body }) => body), [
    { roomId: "den", cursor: "0.1.1.1.1", count: 20 },
    { roomId: "den", entryId: "e9" },
  ]);
  await fixture.connection.leave();
  assert.equal(await codeOf(fixture.connection.queuePage()), "NOT_MEMBER");
});

function withoutIds({ roomId: _room, commandId: _command, ...given }: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(given));
}
