import assert from "node:assert/strict";
import { test } from "node:test";
import { RefusalError } from "../src/index.js";
import { chatChannel } from "./FakeServer.js";
import { Fixture } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

test("a frame that comes before the answer to the join is applied after it", async () => {
  const fixture = new Fixture();
  fixture.server.say("one");
  await fixture.connection.start();
  let release = (): void => undefined;
  fixture.server.holdAnswers = (method) => (method === "JoinRoom" ? new Promise((resolve) => (release = resolve)) : Promise.resolve());
  const joining = fixture.connection.join("den");
  await settle();
  fixture.server.sayLive("two");
  release();
  await joining;
  assert.deepEqual(fixture.texts, ["one", "two"]);
  assert.equal(fixture.connection.progress.duplicates, 0);
});

test("a publication that comes twice is applied once", async () => {
  const fixture = await Fixture.joined();
  fixture.server.sayLive("one");
  fixture.server.send("frame", fixture.server.frame([fixture.server.log[0]!]));
  assert.deepEqual(fixture.texts, ["one"]);
  assert.equal(fixture.connection.progress.duplicates, 1);
});

test("a gap is recovered by position on the same connection", async () => {
  const fixture = await Fixture.joined();
  fixture.server.say("one");
  fixture.server.sayLive("two");
  await settle();
  assert.deepEqual(fixture.offsets, [1, 2]);
  assert.equal(fixture.connection.progress.gaps, 1);
  assert.equal(fixture.server.connections, 1);
});

test("a lost connection is made again and recovers what was missed", async () => {
  const fixture = await Fixture.joined();
  fixture.server.sayLive("one");
  fixture.server.cut();
  fixture.server.say("two");
  await settle();
  assert.equal(fixture.connection.state, "reconnecting");
  await fixture.time.advance(1_000);
  assert.equal(fixture.connection.state, "live");
  assert.deepEqual(fixture.offsets, [1, 2]);
  assert.deepEqual(fixture.recoveries.at(-1), { verdict: "recovered", applied: 1 });
  assert.equal(fixture.tokens, 2);
});

test("what cannot be recovered is replaced by the snapshot", async () => {
  const fixture = await Fixture.joined();
  fixture.server.canRecover = false;
  fixture.server.cut();
  fixture.server.say("one");
  await fixture.time.advance(1_000);
  assert.deepEqual(fixture.texts, ["one"]);
  assert.deepEqual(fixture.recoveries.at(-1), { verdict: "lost", applied: 0 });
  fixture.server.sayLive("two");
  assert.deepEqual(fixture.texts, ["one", "two"]);
});

test("a lost channel is replaced by a snapshot, and frames meanwhile follow it", async () => {
  const fixture = await Fixture.joined();
  fixture.server.say("one");
  fixture.server.send("lost", { channel: chatChannel, position: { epoch: "e1", offset: 1 }, lostFrom: 1, lostTo: 1 });
  fixture.server.sayLive("two");
  await settle();
  assert.deepEqual(fixture.texts, ["one", "two"]);
  assert.equal(fixture.recoveries.at(-1)!.verdict, "lost");
});

test("it goes on trying for as long as the server is down", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isDown = true;
  fixture.server.cut();
  await fixture.time.advance(3_600_000);
  assert.equal(fixture.connection.state, "reconnecting");
  fixture.server.isDown = false;
  await fixture.time.advance(20_000);
  assert.equal(fixture.connection.state, "live");
});

test("a command whose answer was lost is sent again with the same id and has one effect", async () => {
  const fixture = await Fixture.joined();
  fixture.server.holdAnswers = (method) => (method === "SendChat" ? new Promise(() => undefined) : Promise.resolve());
  const sending = fixture.connection.sendChat("hello");
  await settle();
  fixture.server.holdAnswers = null;
  fixture.server.cut();
  await fixture.time.advance(1_000);
  const receipt = await sending;
  const sent = fixture.server.requests.filter((request) => request.method === "SendChat");
  assert.equal(sent.length, 2);
  assert.equal(sent[0]!.body["commandId"], sent[1]!.body["commandId"]);
  assert.equal(receipt.position!.offset, 1);
  assert.deepEqual(fixture.texts, ["hello"]);
});

test("an answer that does not come on a living connection is asked for again", async () => {
  const fixture = await Fixture.joined();
  let held = 0;
  fixture.server.holdAnswers = (method) => (method === "SendChat" && held++ === 0 ? new Promise(() => undefined) : Promise.resolve());
  const sending = fixture.connection.sendChat("hello");
  await fixture.time.advance(11_000);
  await sending;
  assert.equal(fixture.server.log.length, 1);
});

test("a refusal is thrown with its code, and not sent again", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Play" ? "FORBIDDEN" : null);
  await assert.rejects(fixture.connection.play(), (error) => error instanceof RefusalError && error.code === "FORBIDDEN");
  assert.equal(fixture.server.requests.filter((request) => request.method === "Play").length, 1);
});

test("an expired token is replaced by a fresh one and the command goes through", async () => {
  const fixture = await Fixture.joined();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "Play" && refusals++ === 0 ? "TOKEN_EXPIRED" : null);
  const playing = fixture.connection.play();
  await fixture.time.advance(1_000);
  await playing;
  assert.equal(fixture.tokens, 2);
});

test("after closing it reconnects at the time the server gave", async () => {
  const fixture = await Fixture.joined();
  fixture.server.send("closing", { code: "SHUTDOWN", reconnectAfterMs: 7_000 });
  await fixture.time.advance(6_900);
  assert.equal(fixture.server.connections, 1);
  await fixture.time.advance(200);
  assert.equal(fixture.server.connections, 2);
  assert.equal(fixture.connection.state, "live");
});

test("a connection that the server ended for good does not come back, and says why", async () => {
  const fixture = await Fixture.joined();
  fixture.server.send("closing", { code: "CONNECTION_LIMIT", reconnectAfterMs: null });
  await fixture.time.advance(120_000);
  assert.equal(fixture.server.connections, 1);
  assert.equal(fixture.connection.state, "closed");
  for (const late of [fixture.connection.start(), fixture.connection.play(), fixture.connection.connection.channel("news").publish("said", 1)])
    await assert.rejects(late, { code: "CLOSED", message: "The server ended the connection: CONNECTION_LIMIT.", detail: "CONNECTION_LIMIT" });
  assert.deepEqual(fixture.errors.map((error) => (error as RefusalError).detail), ["CONNECTION_LIMIT"]);
});

test("a server that no longer answers is given up for a new connection", async () => {
  const fixture = await Fixture.joined();
  fixture.server.holdAnswers = (method) => (method === "Time" ? new Promise(() => undefined) : Promise.resolve());
  await fixture.time.advance(12_000);
  assert.ok(fixture.server.connections > 1);
});

test("a room that is gone ends the session, not the connection", async () => {
  const fixture = await Fixture.joined();
  let left: RefusalError | null = null;
  fixture.connection.on("left", (error) => (left = error));
  fixture.server.refuse = (method) => (method === "JoinRoom" ? "ROOM_NOT_FOUND" : null);
  fixture.server.cut();
  await fixture.time.advance(1_000);
  assert.equal(left!.code, "ROOM_NOT_FOUND");
  assert.equal(fixture.connection.state, "live");
});

test("the server's clock is known after the first probes", async () => {
  const fixture = await Fixture.joined();
  await fixture.time.advance(1_000);
  assert.ok(Math.abs(fixture.connection.clock.nowMs() - (fixture.time.nowMs() + 5e6)) < 0.01);
});

test("stop ends the attempts, and what waits is told", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const sending = fixture.connection.sendChat("hello");
  sending.catch(() => undefined);
  await fixture.connection.stop();
  await assert.rejects(sending, (error) => error instanceof RefusalError && error.code === "CLOSED");
  assert.equal(fixture.connection.state, "closed");
});
