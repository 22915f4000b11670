import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomConnection } from "../src/index.js";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const minuteMs = 60_000;

test("stop while the token is awaited: it is not shown", async () => {
  const fixture = await Fixture.joined();
  let give = (_: string): void => undefined;
  fixture.token = () => new Promise((resolve) => (give = resolve));
  fixture.server.cut();
  await fixture.time.advance(1_000);
  assert.equal(fixture.tokens, 2);
  await stopped(fixture, () => give("late"));
});

for (const method of ["Authenticate", "JoinRoom"]) {
  test(`stop while the answer to ${method} of a new connection is awaited: nothing follows`, async () => {
    const fixture = await Fixture.joined();
    const before = fixture.server.count(method);
    const release = fixture.server.hold(method);
    fixture.server.cut();
    await fixture.time.advance(1_000);
    assert.equal(fixture.server.count(method), before + 1);
    await stopped(fixture, release);
  });
}

test("stop while connecting for the first time: start rejects, and nothing is sent", async () => {
  const fixture = new Fixture();
  fixture.server.isBlackHole = true;
  const starting = heard(fixture.connection.start());
  await settle();
  await stopped(fixture, () => (fixture.server.isBlackHole = false));
  assert.equal(await codeOf(starting), "CLOSED");
  assert.deepEqual(fixture.server.methods, []);
});

test("stop while connecting again, and the network lets it through afterwards: nothing is sent", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isBlackHole = true;
  fixture.server.cut();
  await fixture.time.advance(1_000);
  assert.equal(fixture.server.attempts, 2);
  await stopped(fixture, () => (fixture.server.isBlackHole = false));
  assert.equal(fixture.server.connections, 1);
});

test("stop during the wait between two attempts: there is no other", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isDown = true;
  fixture.server.cut();
  await fixture.time.advance(minuteMs);
  fixture.server.isDown = false;
  await stopped(fixture, () => undefined);
});

test("stop when live: no probe, no renewal, no timer", async () => {
  const fixture = await Fixture.joined();
  await stopped(fixture, () => undefined);
});

test("stop while requests wait for their time to be sent again: they are told, and not sent", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Play" || method === "LeaveRoom" ? "NOT_READY" : null);
  const playing = heard(fixture.connection.play());
  const leaving = heard(fixture.connection.leave());
  await settle();
  await stopped(fixture, () => undefined);
  assert.deepEqual([await codeOf(playing), await codeOf(leaving)], ["LEFT", "CLOSED"]);
});

test("stop while a join is under way: it is told", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  const release = fixture.server.hold("JoinRoom");
  const joining = heard(fixture.connection.join("den"));
  await settle();
  await stopped(fixture, release);
  assert.equal(await codeOf(joining), "CLOSED");
});

test("stop while the connection will not stop takes 2 s at most", async () => {
  const fixture = await Fixture.joined();
  fixture.server.neverStops = true;
  const stopping = fixture.connection.stop();
  await fixture.time.advance(2_000);
  assert.equal(await codeOf(stopping), "none");
  assert.equal(fixture.time.pending, 0);
});

test("a second stop is no error", async () => {
  const fixture = await Fixture.joined();
  await Promise.all([fixture.connection.stop(), fixture.connection.stop()]);
  await fixture.connection.stop();
  assert.equal(fixture.connection.state, "closed");
});

test("starting twice makes one connection", async () => {
  const fixture = new Fixture();
  await Promise.all([fixture.connection.start(), fixture.connection.start()]);
  await fixture.connection.start();
  await fixture.time.advance(minuteMs);
  assert.equal(fixture.server.attempts, 1);
});

test("starting after stop is refused", async () => {
  const fixture = await Fixture.joined();
  await fixture.connection.stop();
  assert.equal(await codeOf(fixture.connection.start()), "CLOSED");
  assert.equal(fixture.server.attempts, 1);
});

test("starting after a stop that came first is refused", async () => {
  const fixture = new Fixture();
  await fixture.connection.stop();
  assert.equal(await codeOf(fixture.connection.start()), "CLOSED");
  assert.equal(fixture.server.attempts, 0);
});

test("a rejection of start that nobody hears is not unhandled", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): unknown => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const fixture = new Fixture();
  fixture.server.isDown = true;
  void fixture.connection.start();
  await fixture.time.advance(1_000);
  await fixture.connection.stop();
  void fixture.connection.start();
  void new RoomConnection({ url: "nowhere", token: async () => "token" }).start();
  await settle();
  process.off("unhandledRejection", listen);
  assert.deepEqual(unhandled, []);
});

for (const url of ["", "nowhere", "http://", "ftp://example.com/hub", "javascript:alert(1)"]) {
  test(`an address that is none is refused: '${url}'`, async () => {
    const connection = new RoomConnection({ url, token: async () => "token" });
    assert.equal(await codeOf(connection.start()), "BAD_REQUEST");
    assert.equal(connection.state, "closed");
    assert.equal(await codeOf(connection.join("den")), "BAD_REQUEST");
    assert.equal(await codeOf(connection.listRooms()), "BAD_REQUEST");
  });
}

for (const [name, ask] of Object.entries({
  join: (connection: RoomConnection) => connection.join("den"),
  leave: (connection: RoomConnection) => connection.leave(),
  chat: (connection: RoomConnection) => connection.sendChat("hello"),
  list: (connection: RoomConnection) => connection.listRooms(),
})) {
  test(`after stop it is refused to ${name}`, async () => {
    const fixture = await Fixture.joined();
    await fixture.connection.stop();
    const before = fixture.server.requests.length;
    assert.equal(await codeOf(ask(fixture.connection)), "CLOSED");
    await fixture.time.advance(minuteMs);
    assert.equal(fixture.server.requests.length, before);
  });
}

/** Stops; lets come what was awaited; and a minute later nothing was asked, nothing is open, and no timer lives. */
async function stopped(fixture: Fixture, release: () => void): Promise<void> {
  const stopping = fixture.connection.stop();
  const { attempts, requests } = fixture.server;
  const before = requests.length;
  const { tokens } = fixture;
  release();
  await fixture.time.advance(2_000);
  assert.equal(await codeOf(stopping), "none");
  assert.equal(fixture.time.pending, 0);
  await fixture.time.advance(minuteMs);
  assert.equal(requests.length, before, requests.slice(before).map((request) => request.method).join());
  assert.equal(fixture.tokens, tokens);
  assert.equal(fixture.server.attempts, attempts);
  assert.equal(fixture.server.openConnections, 0);
  assert.equal(fixture.connection.state, "closed");
}
