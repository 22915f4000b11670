import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const texts = Array.from({ length: 10 }, (_, i) => `message ${i}`);

test("ten messages written offline are sent in order, no faster than the room allows", async () => {
  const fixture = await Fixture.joined();
  limitChat(fixture);
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const sending = texts.map((text) => fixture.connection.sendChat(text));
  fixture.server.isDown = false;
  await fixture.time.advance(10_000);
  assert.deepEqual(await Promise.all(sending.map(codeOf)), texts.map(() => "none"));
  assert.deepEqual(fixture.server.log.map((publication) => (publication.data as { text: string }).text), texts);
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

test("a chat that has to wait does not hold up the music", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "SendChat" ? "RATE_LIMITED" : null);
  fixture.connection.sendChat("hello").catch(() => undefined);
  await settle();
  assert.equal(await codeOf(fixture.connection.pause()), "none");
});

test("a command that is refused for a minute is refused", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "SendChat" ? "RATE_LIMITED" : null);
  const sending = heard(fixture.connection.sendChat("hello"));
  await fixture.time.advance(60_000);
  assert.equal(await codeOf(sending), "RATE_LIMITED");
  assert.equal(fixture.server.count("SendChat"), 60);
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
  await fixture.connection.reportEnded("e");
  await new Fixture().connection.reportHostPosition("e", 1);
  assert.deepEqual(fixture.server.methods, ["Authenticate", "JoinRoom"]);
});

/** Five messages at once, one a second from then on. */
function limitChat(fixture: Fixture): void {
  let tokens = 5;
  let atMs = fixture.time.nowMs();
  fixture.server.refuse = (method) => {
    if (method !== "SendChat") return null;
    tokens = Math.min(5, tokens + (fixture.time.nowMs() - atMs) / 1_000);
    atMs = fixture.time.nowMs();
    if (tokens < 1) return "RATE_LIMITED";
    tokens--;
    return null;
  };
}
