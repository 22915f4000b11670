import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Client } from "./support/Client.mjs";
import { methods, wrongFor } from "./support/methods.mjs";
import { enter, openRoom, song, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { signToken } from "./support/tokens.mjs";

const megabyte = "x".repeat(1024 * 1024);

let server;
let ann;
let bob;
let context;
let unchanged;

before(async () => {
  server = await startServer();
  const room = await openRoom(server, "bad", unique("ann"));
  ann = room.host;
  bob = await enter(server, room.roomId, unique("bob"));
  // It plays to the end of all these cases, of which there are many.
  await ann.client.command("Enqueue", room.roomId, { tracks: [song("one", 3_600_000), song("two")] });
  await bob.until("two is queued", () => bob.newestQueue.window.length === 1);
  context = { roomId: room.roomId, main: ann.main, entryId: bob.newestQueue.window[0].entryId, currentId: bob.newestQueue.current.entryId, userId: bob.client.userId };
  // Presence is told per tick: what was done so far must have been said before "nothing changes" can be held against it.
  await ann.until("bob's join is told", () => hasJoined(bob.client.userId));
  unchanged = await state();
});

after(async () => {
  await Promise.all([ann.client.stop(), bob.client.stop()]);
  await server.stop();
});

describe("bad input is refused with a code, the connection lives, and nothing changes", () => {
  for (const method of methods) {
    test(method.name, async () => {
      for (const { why, request, codes } of casesOf(method)) await assertRefused(method.name, why, request, codes);
      assert.equal(ann.client.isClosed, false);
      assert.deepEqual(await state(), unchanged);
    });
  }

  test("a method that does not exist", async () => {
    await assertRefused("DropTables", "unknown method", [{}], ["UNKNOWN_METHOD"]);
  });
});

test("without a token only Authenticate, Time and ListRooms are answered", async () => {
  const nobody = await Client.connect(server, "nobody", { token: "" });
  for (const method of methods) {
    const answer = await nobody.pace(() => nobody.call(method.name, method.request(context)));
    if (method.isOpen) assert.notEqual(answer.error?.code, "UNAUTHENTICATED", method.name);
    else assert.equal(answer.error?.code, "UNAUTHENTICATED", method.name);
  }
  assert.equal(nobody.isClosed, false);
  await nobody.stop();
});

test("with an expired or a wrong token the connection opens and each method says so", async (t) => {
  if (!server.signingKey) return t.skip("the server's signing key is not known: WHATSSOUND_SIGNING_KEY");
  const exp = Math.floor(Date.now() / 1000);
  const tokens = {
    TOKEN_EXPIRED: signToken(server.signingKey, { sub: ann.client.userId, exp: exp - 60 }),
    TOKEN_INVALID: signToken("another key, which the server does not have", { sub: ann.client.userId, exp: exp + 600 }),
  };
  for (const [code, token] of Object.entries(tokens)) {
    const client = await Client.connect(server, "late", { token });
    for (const method of methods.filter((one) => !one.isOpen)) {
      const answer = await client.pace(() => client.call(method.name, method.request(context)));
      assert.equal(answer.error?.code, code, method.name);
    }
    const fresh = signToken(server.signingKey, { sub: unique("fay"), exp: exp + 600 });
    assert.equal((await client.pace(() => client.call("Authenticate", { token: fresh }))).ok, true);
    await client.stop();
  }
});

test("a user who is not in the room may not command it", async () => {
  const stranger = await Client.connect(server, unique("gil"));
  const before = await state();
  for (const method of methods.filter((one) => one.needsMembership)) {
    const answer = await stranger.pace(() => stranger.call(method.name, method.request(context)));
    assert.equal(answer.error?.code, "NOT_MEMBER", method.name);
  }
  assert.deepEqual(await state(), before);
  await stranger.stop();
});

test("the connection belongs to its first user", async () => {
  const other = await Client.connect(server, unique("hal"));
  const token = signToken(server.signingKey || "unknown", { sub: ann.client.userId, exp: Math.floor(Date.now() / 1000) + 600 });
  const answer = await other.call("Authenticate", { token });
  assert.ok(["FORBIDDEN", "TOKEN_INVALID"].includes(answer.error?.code), JSON.stringify(answer));
  await other.stop();
});

/** Each way in which a request of a method can be wrong. */
function* casesOf(method) {
  const good = method.request(context);
  yield { why: "no argument", request: [], codes: ["BAD_REQUEST"] };
  yield { why: "two arguments", request: [good, good], codes: ["BAD_REQUEST"] };
  for (const body of [null, "text", 42, [], true]) yield { why: `the body ${JSON.stringify(body)}`, request: [body], codes: ["BAD_REQUEST"] };
  yield { why: "1 MB beside the fields", request: [{ ...good, more: megabyte }], codes: ["PAYLOAD_TOO_LARGE"] };
  if (!method.isOpen) yield { why: "a forged user id", request: [{ ...good, userId: context.userId }], codes: ["FORBIDDEN"] };
  for (const [field, kind] of Object.entries(method.fields)) {
    for (const { value, codes = ["BAD_REQUEST"] } of wrongFor(kind)) {
      yield { why: `${field} = ${String(JSON.stringify(value)).slice(0, 60)}`, request: [{ ...good, [field]: value }], codes };
    }
    if (kind.isText) yield { why: `${field} of 1 MB`, request: [{ ...good, [field]: megabyte }], codes: ["PAYLOAD_TOO_LARGE"] };
  }
  if (method.fields.roomId && method.name !== "CreateRoom") {
    yield { why: "an unknown room", request: [{ ...good, roomId: unique("nowhere") }], codes: ["ROOM_NOT_FOUND"] };
  }
}

async function assertRefused(method, why, request, codes) {
  const answer = await ann.client.pace(() => ann.client.call(method, ...request));
  assert.equal(answer.ok, false, `${method} with ${why} was carried out`);
  assert.ok(codes.includes(answer.error.code), `${method} with ${why}: ${answer.error.code}, expected ${codes}`);
  assert.equal(typeof answer.error.message, "string");
  assert.equal(typeof answer.error.retryable, "boolean");
}

/** The room, but for what time changes by itself: how many votes a skip needs follows how long the members are here. */
function hasJoined(userId) {
  return ann.published(ann.main, "presence").some(({ data }) => data.joined.some((member) => member.userId === userId));
}

async function state() {
  const { serverTimeMs, presence, skip, ...room } = await bob.client.ask("GetSnapshot", { roomId: context.roomId });
  return { ...room, skipVotes: skip.have, members: presence.members.map((member) => member.userId) };
}
