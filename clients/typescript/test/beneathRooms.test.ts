import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, RefusalError } from "../src/index.js";
import type { FakeChannel } from "./FakeChannel.js";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const name = "room:den:lobby";

/** A channel beneath a room, and what this library tells of it. */
class Lobby {
  readonly texts: string[] = [];
  readonly failed: RefusalError[] = [];
  readonly channel: Channel;
  readonly there: FakeChannel;

  constructor(readonly fixture: Fixture) {
    this.channel = fixture.connection.connection.channel(name);
    this.channel.on("failed", (error) => this.failed.push(error));
    this.there = fixture.server.channel(name);
  }

  static async subscribed(): Promise<Lobby> {
    const lobby = new Lobby(await Fixture.joined());
    await lobby.subscribe();
    return lobby;
  }

  async subscribe(): Promise<void> {
    await this.channel.subscribe(({ data }) => this.texts.push((data as { text: string }).text));
  }

  get asked(): number {
    return this.fixture.server.requests.filter(({ method, body }) => method === "Subscribe" && body["channel"] === name).length;
  }
}

test("a channel beneath a room comes back behind the room, however long that is refused, and keeps nothing else from being live", async () => {
  const lobby = await Lobby.subscribed();
  const { server, time, connection } = lobby.fixture;
  server.refuse = (method) => (method === "JoinRoom" ? "ROOM_FULL" : null);
  server.cut();
  lobby.there.mumble("one");
  await time.advance(180_000);
  assert.equal(connection.state, "live");
  assert.equal(server.connections, 2);
  assert.deepEqual([lobby.failed, lobby.channel.isSubscribed], [[], true]);
  assert.ok(lobby.asked <= 4, `asked ${lobby.asked} times`);
  server.refuse = null;
  await time.advance(10_000);
  lobby.there.say("two");
  assert.deepEqual(lobby.texts, ["one", "two"]);
});

test("a channel beneath a room that is joined again at once takes one request", async () => {
  const lobby = await Lobby.subscribed();
  lobby.fixture.server.cut();
  lobby.there.mumble("one");
  await lobby.fixture.time.advance(5_000);
  assert.deepEqual(lobby.texts, ["one"]);
  assert.equal(lobby.asked, 2);
});

test("a channel beneath a room that is lost has failed", async () => {
  const lobby = await Lobby.subscribed();
  let refusals = 0;
  lobby.fixture.server.refuse = (method) => (method === "JoinRoom" ? (refusals++ < 2 ? "NOT_READY" : "ROOM_NOT_FOUND") : null);
  lobby.fixture.server.cut();
  await lobby.fixture.time.advance(30_000);
  assert.deepEqual(lobby.fixture.left.map(({ code }) => code), ["ROOM_NOT_FOUND"]);
  assert.deepEqual(lobby.failed.map(({ code }) => code), ["NOT_MEMBER"]);
  assert.equal(lobby.channel.isSubscribed, false);
});

test("a channel that waits for a room that is left has failed, and asks no more", async () => {
  const lobby = await Lobby.subscribed();
  lobby.fixture.server.refuse = (method) => (method === "JoinRoom" ? "NOT_READY" : null);
  lobby.fixture.server.cut();
  await lobby.fixture.time.advance(20_000);
  await lobby.fixture.connection.leave();
  await lobby.fixture.time.advance(1_000);
  const { asked } = lobby;
  assert.deepEqual(lobby.failed.map(({ code }) => code), ["NOT_MEMBER"]);
  await lobby.fixture.time.advance(120_000);
  assert.equal(lobby.asked, asked);
});

test("a channel beneath a room that is left has failed", async () => {
  const lobby = await Lobby.subscribed();
  await lobby.fixture.connection.leave();
  await settle();
  assert.deepEqual(lobby.failed.map(({ code }) => code), ["NOT_MEMBER"]);
  assert.equal(lobby.channel.isSubscribed, false);
});

test("a channel beneath a room that is left and joined again, which is refused for a while, goes on behind it", async () => {
  const lobby = await Lobby.subscribed();
  let refusals = 0;
  lobby.fixture.server.refuse = (method) => (method === "JoinRoom" && refusals++ < 3 ? "NOT_READY" : null);
  const leaving = heard(lobby.fixture.connection.leave());
  const joining = heard(lobby.fixture.connection.join("den"));
  await lobby.fixture.time.advance(5_000);
  assert.deepEqual([await codeOf(leaving), await codeOf(joining)], ["none", "none"]);
  lobby.there.say("one");
  assert.deepEqual([lobby.failed, lobby.channel.isSubscribed, lobby.texts], [[], true, ["one"]]);
});

test("a channel that is detached while it is asked for the first time is asked for again", async () => {
  const lobby = new Lobby(await Fixture.joined());
  const release = lobby.fixture.server.hold("Subscribe");
  const subscribing = heard(lobby.subscribe());
  await settle();
  const leaving = heard(lobby.fixture.connection.leave());
  const joining = heard(lobby.fixture.connection.join("den"));
  await settle();
  release();
  await lobby.fixture.time.advance(5_000);
  assert.deepEqual([await codeOf(subscribing), await codeOf(leaving), await codeOf(joining)], ["none", "none", "none"]);
  lobby.there.say("one");
  assert.deepEqual([lobby.channel.isSubscribed, lobby.texts], [true, ["one"]]);
});

test("a channel beneath a room that is being joined is subscribed once it is", async () => {
  const lobby = new Lobby(new Fixture());
  await lobby.fixture.connection.start();
  let refusals = 0;
  lobby.fixture.server.refuse = (method) => (method === "JoinRoom" && refusals++ < 3 ? "NOT_READY" : null);
  const joining = heard(lobby.fixture.connection.join("den"));
  const subscribing = heard(lobby.subscribe());
  await lobby.fixture.time.advance(5_000);
  assert.deepEqual([await codeOf(joining), await codeOf(subscribing)], ["none", "none"]);
  lobby.there.say("one");
  assert.deepEqual(lobby.texts, ["one"]);
});

test("a channel beneath a room that nobody wants to be in is refused", async () => {
  const lobby = new Lobby(new Fixture());
  await lobby.fixture.connection.start();
  assert.equal(await codeOf(lobby.subscribe()), "NOT_MEMBER");
  assert.equal(lobby.channel.isSubscribed, false);
});

test("a channel beneath a room that the server thinks is not joined is asked for less and less often, and no more once it is unsubscribed", async () => {
  const lobby = await Lobby.subscribed();
  lobby.fixture.server.refuse = (method) => (method === "Subscribe" ? "NOT_MEMBER" : null);
  lobby.fixture.server.cut();
  await lobby.fixture.time.advance(120_000);
  assert.ok(lobby.asked > 10 && lobby.asked < 40, `asked ${lobby.asked} times`);
  assert.equal(lobby.channel.isSubscribed, true);
  await lobby.channel.unsubscribe();
  const { asked } = lobby;
  await lobby.fixture.time.advance(120_000);
  assert.equal(lobby.asked, asked);
});
