import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CutProxy } from "./support/CutProxy.mjs";
import { enter, openRoom, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";

// 30 s lease, 15 s grace, a tick, and a machine that is busy.
const goneDeadlineMs = 90_000;

let server;
let ann;
let roomId;

before(async () => {
  server = await startServer();
  ({ roomId, host: ann } = await openRoom(server, "presence", unique("ann")));
});

after(async () => {
  await ann.client.stop();
  await server.stop();
});

const joinsOf = (userId) => ann.published(ann.main, "presence").flatMap(({ data }) => data.joined).filter((member) => member.userId === userId);
const leavesOf = (userId) => ann.published(ann.main, "presence").flatMap(({ data }) => data.left).filter((left) => left === userId);
const isHere = async (userId) => (await ann.client.ask("GetPresence", { channel: ann.main })).members.some((member) => member.userId === userId);

test("three tabs of one user are one join and one leave", async () => {
  const bob = unique("bob");
  const tabs = await Promise.all([1, 2, 3].map(() => enter(server, roomId, bob)));
  await ann.until("bob joins", () => joinsOf(bob).length > 0);

  for (const tab of tabs.slice(0, 2)) await tab.client.command("LeaveRoom", roomId);
  assert.equal(await isHere(bob), true);
  assert.deepEqual(leavesOf(bob), []);

  await tabs[2].client.command("LeaveRoom", roomId);
  await ann.until("bob leaves", () => leavesOf(bob).length > 0);
  assert.equal(joinsOf(bob).length, 1);
  assert.equal(leavesOf(bob).length, 1);
  assert.equal(await isHere(bob), false);
  await Promise.all(tabs.map((tab) => tab.client.stop()));
});

test("a user who returns within the grace never left", async () => {
  const dan = unique("dan");
  const proxy = await CutProxy.open(server.url);
  const first = await enter(server, roomId, dan, { via: proxy.url });
  await ann.until("dan joins", () => joinsOf(dan).length === 1);
  proxy.cut();
  await first.client.happened.until("dan's connection is gone", () => first.client.isClosed);
  const second = await enter(server, roomId, dan);
  assert.equal(await isHere(dan), true);
  await second.client.command("LeaveRoom", roomId);
  await ann.until("dan leaves", () => leavesOf(dan).length > 0);
  assert.deepEqual([joinsOf(dan).length, leavesOf(dan).length], [1, 1]);
  await Promise.all([second.client.stop(), proxy.close()]);
});

test("a client that is killed without goodbye is gone after its lease and grace", async () => {
  const eve = unique("eve");
  const proxy = await CutProxy.open(server.url);
  await enter(server, roomId, eve, { via: proxy.url });
  await ann.until("eve joins", () => joinsOf(eve).length === 1);
  await proxy.close();
  await ann.until("eve is gone", () => leavesOf(eve).length > 0, goneDeadlineMs);
  assert.equal(leavesOf(eve).length, 1);
  assert.equal(await isHere(eve), false);
});
