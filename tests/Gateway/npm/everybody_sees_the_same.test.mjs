import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client } from "./support/Client.mjs";
import { enter, openRoom, say, song, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { clockOf, positionAt } from "./support/time.mjs";

const clients = [];
let server;
let ann;
let bob;
let roomId;

before(async () => {
  server = await startServer();
  ({ roomId, host: ann } = await openRoom(server, "same", unique("ann")));
  bob = await enter(server, roomId, unique("bob"));
  clients.push(ann.client, bob.client);
});

after(async () => {
  await Promise.all(clients.map((client) => client.stop()));
  await server.stop();
});

test("chat comes in one order", async () => {
  await Promise.all([...["a1", "a2", "a3"].map((text) => say(ann, text)), ...["b1", "b2", "b3"].map((text) => say(bob, text))]);
  for (const listener of [ann, bob]) await listener.until("six messages", () => listener.messages.length === 6);
  assert.deepEqual(ann.messages, bob.messages);
  assert.deepEqual(ann.messages.map((message) => message.text).filter((text) => text[0] === "a"), ["a1", "a2", "a3"]);
  assert.deepEqual(ann.messages.map((message) => message.offset), [1, 2, 3, 4, 5, 6]);
});

test("the first song starts by itself, and an added song appears on both", async () => {
  await ann.client.command("Enqueue", roomId, { tracks: [song("one")] });
  for (const listener of [ann, bob]) await listener.until("one plays", () => listener.newestQueue.current?.track.title === "one" && listener.vector.status === "playing");
  await bob.client.command("Enqueue", roomId, { tracks: [song("two"), song("three")] });
  for (const listener of [ann, bob]) await listener.until("two are queued", () => listener.newestQueue.window.length === 2);
  assert.deepEqual(ann.newestQueue.window, bob.newestQueue.window);
});

test("votes reorder the queue on both", async () => {
  const [first, second] = ann.newestQueue.window;
  await ann.client.command("Vote", roomId, { entryId: second.entryId, value: 1 });
  for (const listener of [ann, bob]) await listener.until("the order turned", () => listener.newestQueue.window[0].entryId === second.entryId);
  await ann.client.command("Vote", roomId, { entryId: second.entryId, value: 0 });
  for (const listener of [ann, bob]) await listener.until("the order turned back", () => listener.newestQueue.window[0].entryId === first.entryId);
});

test("computed positions agree within 50 ms", async () => {
  const clocks = [await clockOf(ann.client), await clockOf(bob.client)];
  // The start is announced ahead; by then both have long begun.
  const later = performance.now() + 5_000;
  const [a, b] = [positionAt(ann.vector, clocks[0](later)), positionAt(bob.vector, clocks[1](later))];
  assert.ok(a > 0 && Math.abs(a - b) < 50, `${a} and ${b}`);
});

test("a late joiner gets one snapshot and then every later event once", async () => {
  const cyd = unique("cyd");
  const client = await Client.connect(server, cyd);
  clients.push(client);
  const sending = Promise.all(["late1", "late2", "late3", "late4"].map((text) => say(ann, text)));
  const late = await enter(server, roomId, cyd);
  clients.push(late.client);
  await sending;
  await say(bob, "after");
  for (const listener of [ann, bob, late]) await listener.until("the last message", () => listener.messages.at(-1)?.text === "after");
  assert.deepEqual(late.messages, ann.messages);
  for (const part of ["revision", "current", "window", "total"]) assert.deepEqual(late.newestQueue[part], ann.newestQueue[part]);
  // What to load ahead is as of the snapshot, or of the last change of playback.
  assert.deepEqual({ ...late.vector, next: null }, { ...ann.vector, next: null });
  assert.deepEqual([late.verdicts, late.snapshot.myRole, late.snapshot.hostUserId], [["live"], "listener", ann.client.userId]);
  assert.deepEqual([ann, bob, late].flatMap((listener) => listener.faults), []);
});
