import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, Fixture, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

for (const code of ["CONNECTION_LIMIT", "SUBSCRIPTION_LIMIT", "INTERNAL", "ROOM_FULL", "NOT_READY", "RATE_LIMITED", "SOMETHING_NEW"]) {
  test(`a join after a reconnect that is refused once with ${code} is tried again, and the session goes on`, async () => {
    const fixture = await Fixture.joined();
    let refusals = 0;
    fixture.server.refuse = (method) => (method === "JoinRoom" && refusals++ === 0 ? code : null);
    fixture.server.cut();
    fixture.server.say("one");
    await fixture.time.advance(5_000);
    assert.equal(fixture.connection.state, "live");
    assert.deepEqual(fixture.texts, ["one"]);
    assert.deepEqual(fixture.left, []);
    assert.equal((fixture.errors[0] as { code: string }).code, code);
  });
}

for (const code of ["ROOM_FULL", "NOT_READY", "INTERNAL"]) {
  test(`a room that refuses with ${code} for long does not keep the rest of the connection from being live, and is joined once it can be`, async () => {
    const fixture = await Fixture.joined();
    const texts: string[] = [];
    await fixture.connection.connection.channel("news").subscribe(({ data }) => texts.push((data as { text: string }).text));
    fixture.server.refuse = (method) => (method === "JoinRoom" ? code : null);
    fixture.server.cut();
    await fixture.time.advance(180_000);
    fixture.server.channel("news").say("hello");
    fixture.server.say("one");
    assert.equal(fixture.connection.state, "live");
    assert.equal(fixture.server.connections, 2);
    assert.deepEqual(texts, ["hello"]);
    assert.deepEqual(fixture.left, []);
    assert.ok(fixture.errors.length > 0 && fixture.errors.every((error) => (error as { code: string }).code === code));
    fixture.server.refuse = null;
    await fixture.time.advance(10_000);
    assert.deepEqual(fixture.texts, ["one"]);
  });
}

test("a room that is refused is asked for less and less often, and no more once it was left", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "JoinRoom" ? "ROOM_FULL" : null);
  fixture.server.cut();
  await fixture.time.advance(120_000);
  const asked = fixture.server.count("JoinRoom");
  assert.ok(asked > 10 && asked < 40, `asked ${asked} times`);
  await fixture.connection.leave();
  await fixture.time.advance(120_000);
  assert.equal(fixture.server.count("JoinRoom"), asked);
});

test("a room that was refused on one connection is joined once on the next", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "JoinRoom" ? "ROOM_FULL" : null);
  fixture.server.cut();
  await fixture.time.advance(5_000);
  fixture.server.refuse = null;
  const before = fixture.server.count("JoinRoom");
  fixture.server.cut();
  await fixture.time.advance(60_000);
  assert.equal(fixture.server.count("JoinRoom"), before + 1);
});

for (const code of ["ROOM_NOT_FOUND", "ROOM_CLOSED", "FORBIDDEN", "BANNED", "KICKED", "PASSWORD_REQUIRED", "PASSWORD_WRONG", "INVITE_INVALID", "INVITE_EXPIRED", "INVITE_USED_UP"]) {
  test(`a join after a reconnect that is refused with ${code} ends the session, not the connection`, async () => {
    const fixture = await Fixture.joined();
    fixture.server.refuse = (method) => (method === "JoinRoom" ? code : null);
    fixture.server.cut();
    await fixture.time.advance(5_000);
    assert.deepEqual(fixture.left.map((error) => error.code), [code]);
    assert.equal(fixture.connection.state, "live");
    assert.equal(fixture.connection.room, null);
    assert.equal(await codeOf(fixture.connection.play()), "NOT_MEMBER");
  });
}

test("a join that waits for its time to be sent again is not sent once the room was left", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "JoinRoom" && refusals++ === 0 ? "NOT_READY" : null);
  const joining = heard(fixture.connection.join("den"));
  await fixture.time.advance(100);
  const leaving = heard(fixture.connection.leave());
  assert.equal(await codeOf(joining), "LEFT");
  await fixture.time.advance(5_000);
  assert.equal(await codeOf(leaving), "none");
  assert.deepEqual(fixture.server.methods, ["Authenticate", "JoinRoom", "LeaveRoom"]);
  assert.equal(fixture.connection.room, null);
});

test("a join while there is no connection is not sent once the room was left", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const joining = heard(fixture.connection.join("den"));
  const leaving = heard(fixture.connection.leave());
  fixture.server.isDown = false;
  await fixture.time.advance(5_000);
  assert.equal(await codeOf(joining), "LEFT");
  assert.equal(await codeOf(leaving), "none");
  assert.equal(fixture.server.count("JoinRoom"), 0);
});

test("a join that succeeds after the room was left is left again", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  const release = fixture.server.hold("JoinRoom");
  const joining = heard(fixture.connection.join("den"));
  await settle();
  fixture.server.refuse = (method) => (method === "LeaveRoom" ? "NOT_MEMBER" : null);
  await fixture.connection.leave();
  fixture.server.refuse = null;
  const before = fixture.server.count("LeaveRoom");
  release();
  await settle();
  assert.equal(await codeOf(joining), "LEFT");
  assert.equal(fixture.server.count("LeaveRoom"), before + 1);
  assert.equal(fixture.connection.room, null);
});

test("a join without an answer is given up after a minute, and left in case it succeeds", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  fixture.server.hold("JoinRoom");
  const joining = heard(fixture.connection.join("den"));
  await fixture.time.advance(75_000);
  assert.equal(await codeOf(joining), "TIMEOUT");
  assert.equal(fixture.server.methods.at(-1), "LeaveRoom");
});

for (const code of ["NOT_MEMBER", "INTERNAL", "NOT_READY"]) {
  test(`another room is joined though leaving the former is refused with ${code}`, async () => {
    const fixture = await Fixture.joined();
    fixture.server.refuse = (method) => (method === "LeaveRoom" ? code : null);
    const room = await fixture.connection.join("attic");
    assert.equal(room.roomId, "attic");
    assert.equal(fixture.connection.room!.roomId, "attic");
    const asked = fixture.server.requests.find((request) => request.method === "LeaveRoom");
    assert.equal(asked!.body["roomId"], "den");
    await fixture.time.advance(60_000);
    assert.equal(fixture.connection.room!.roomId, "attic");
  });
}

test("of two joins at once the later one counts", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  const release = fixture.server.hold("JoinRoom");
  const first = heard(fixture.connection.join("den"));
  await settle();
  const second = heard(fixture.connection.join("attic"));
  release();
  await settle();
  assert.equal(await codeOf(first), "LEFT");
  assert.equal((await second).roomId, "attic");
  const left = fixture.server.requests.filter((request) => request.method === "LeaveRoom");
  assert.ok(left.length > 0 && left.every((request) => request.body["roomId"] === "den"));
});

test("a leave that waits for its time to be sent again is not sent once the room was joined again", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "LeaveRoom" ? "NOT_READY" : null);
  const leaving = heard(fixture.connection.leave());
  await settle();
  await fixture.connection.join("den");
  await fixture.time.advance(5_000);
  assert.equal(await codeOf(leaving), "none");
  assert.deepEqual(fixture.server.methods.slice(-2), ["LeaveRoom", "JoinRoom"]);
});

test("whoever is not in the room has left it", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "LeaveRoom" ? "NOT_MEMBER" : null);
  await fixture.connection.leave();
  await fixture.connection.leave();
  assert.equal(fixture.server.count("LeaveRoom"), 1);
});

test("joining the room again that one is in gives a fresh snapshot and does not leave it", async () => {
  const fixture = await Fixture.joined();
  await fixture.connection.join("den");
  assert.equal(fixture.server.count("LeaveRoom"), 0);
  fixture.server.sayLive("one");
  assert.deepEqual(fixture.texts, ["one"]);
});

for (const code of ["KICKED", "BANNED", "ROOM_CLOSED"]) {
  test(`a client whose stay was ended with ${code} has left, and does not come back by itself`, async () => {
    const fixture = await Fixture.joined();
    fixture.server.refuse = (method) => (method === "JoinRoom" ? code : null);
    fixture.server.send("detached", { channel: "room:den:chat", code });
    await fixture.time.advance(5_000);
    assert.deepEqual(fixture.left.map((reason) => reason.code), [code]);
    fixture.server.refuse = null;
    const asked = fixture.server.count("JoinRoom");
    fixture.server.cut();
    await fixture.time.advance(120_000);
    assert.equal(fixture.server.count("JoinRoom"), asked);
  });
}

for (const code of ["KICKED", "BANNED"]) {
  test(`a join that is refused with ${code} ends at once, and is not tried again`, async () => {
    const fixture = new Fixture();
    await fixture.connection.start();
    fixture.server.refuse = (method) => (method === "JoinRoom" ? { code, retryable: true, retryAfterMs: 1_000 } : null);
    assert.equal(await codeOf(heard(fixture.connection.join("den"))), code);
    fixture.server.refuse = null;
    await fixture.time.advance(5_000);
    assert.equal(fixture.server.count("JoinRoom"), 1);
    assert.equal(fixture.connection.room, null);
  });

  test(`a room that refuses with ${code} who comes back is lost at once, and not joined again`, async () => {
    const fixture = await Fixture.joined();
    fixture.server.refuse = (method) => (method === "JoinRoom" ? { code, retryable: true, retryAfterMs: 1_000 } : null);
    fixture.server.cut();
    await fixture.time.advance(1_000);
    fixture.server.refuse = null;
    await fixture.time.advance(30_000);
    assert.deepEqual([fixture.left.map((reason) => reason.code), fixture.server.count("JoinRoom")], [[code], 2]);
  });
}

test("what lets in is given with the join, and again by who comes back", async () => {
  const fixture = new Fixture();
  await fixture.connection.start();
  await fixture.connection.join("den", { name: "Bob" }, { password: "sesame", invite: "i1.secret" });
  fixture.server.cut();
  await fixture.time.advance(1_000);
  const joins = fixture.server.requests.filter(({ method }) => method === "JoinRoom");
  assert.deepEqual(joins.map(({ body: { info, password, invite } }) => ({ info, password, invite })), Array(2).fill({ info: { name: "Bob" }, password: "sesame", invite: "i1.secret" }));
});
