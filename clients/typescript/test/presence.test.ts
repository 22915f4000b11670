import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelFixture } from "./ChannelFixture.js";
import { codeOf, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

/** A subscribed channel in which Ann is, and what is told of its presence. */
async function watched(): Promise<{ fixture: ChannelFixture; told: string[] }> {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.enter("ann");
  const told: string[] = [];
  for (const event of ["joined", "left", "updated"] as const) fixture.channel.presence.on(event, (member) => told.push(`${event} ${member.userId}`));
  await settle();
  return { fixture, told };
}

function ids({ channel }: ChannelFixture): string[] {
  return channel.presence.members.map((member) => member.userId);
}

test("who is here already is listed, and not told as joined", async () => {
  const { fixture, told } = await watched();
  assert.deepEqual([ids(fixture), fixture.channel.presence.count, fixture.channel.presence.isComplete, told], [["ann"], 1, true, []]);
});

test("who comes, changes and goes is told", async () => {
  const { fixture, told } = await watched();
  fixture.there.enter("cyd");
  fixture.there.enter("cyd", { mood: "good" });
  fixture.there.exit("ann");
  assert.deepEqual(told, ["joined cyd", "updated cyd", "left ann"]);
  assert.deepEqual(ids(fixture), ["cyd"]);
});

test("entering shows this user, updating changes what is shown, leaving ends it", async () => {
  const { fixture, told } = await watched();
  const { presence } = fixture.channel;
  assert.equal(presence.me, null);
  await presence.enter({ mood: "good" });
  assert.deepEqual(presence.me, { userId: "bob", displayName: "Bob", info: { mood: "good" } });
  await presence.update({ mood: "better" });
  assert.deepEqual(fixture.there.members.get("bob")!.info, { mood: "better" });
  await presence.leave();
  assert.deepEqual([presence.me, ids(fixture), told], [null, ["ann"], ["joined bob", "updated bob", "left bob"]]);
});

test("on a new connection this user is shown again, and nobody who stayed is told", async () => {
  const { fixture, told } = await watched();
  await fixture.channel.presence.enter({ mood: "good" });
  told.length = 0;
  await fixture.comeBack(() => fixture.there.enter("cyd"));
  assert.equal(fixture.server.count("EnterPresence"), 2);
  assert.deepEqual([told.filter((one) => !one.endsWith("bob")), ids(fixture)], [["joined cyd"], ["ann", "bob", "cyd"]]);
});

test("after a loss the list is asked for, and the difference is told", async () => {
  const { fixture, told } = await watched();
  await fixture.comeBack(() => {
    fixture.there.renumber();
    fixture.there.enter("cyd");
    fixture.there.exit("ann");
  });
  assert.deepEqual(told, ["left ann", "joined cyd"]);
  assert.deepEqual(ids(fixture), ["cyd"]);
});

test("above the limit the list is a sample and the count is right; below it the list is whole again", async () => {
  const { fixture, told } = await watched();
  const { presence } = fixture.channel;
  for (const user of ["b1", "b2", "b3"]) fixture.there.enter(user);
  assert.deepEqual([presence.count, presence.isComplete, presence.members.length], [4, false, 1]);
  told.length = 0;
  fixture.there.exit("ann");
  assert.deepEqual([ids(fixture), presence.count, presence.isComplete, told], [["b1", "b2", "b3"], 3, true, []]);
});

test("what changes while the list is asked for is neither lost nor told twice", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.enter("ann");
  const release = fixture.server.hold("GetPresence");
  const getting = fixture.channel.presence.get();
  await settle();
  fixture.there.exit("ann");
  fixture.there.enter("cyd");
  release();
  await getting;
  await settle();
  assert.deepEqual(ids(fixture), ["cyd"]);
});

test("an answer counts though what was asked after it is refused", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.enter("ann");
  fixture.server.refuse = (method) => (method === "EnterPresence" ? "CONNECTION_LIMIT" : null);
  const told: string[] = [];
  fixture.channel.presence.on("joined", (member) => told.push(member.userId));
  assert.equal(await codeOf(heard(fixture.channel.presence.enter())), "CONNECTION_LIMIT");
  await settle();
  assert.deepEqual(ids(fixture), ["ann"]);
  fixture.there.enter("bob");
  await settle();
  assert.deepEqual(told, ["bob"]);
});

test("an entry that is refused for now is asked again, and who is there is not asked for each time", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.channel.presence.on("joined", () => undefined);
  await settle();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "EnterPresence" && refusals++ < 10 ? "NOT_READY" : null);
  const entering = fixture.channel.presence.enter();
  await fixture.time.advance(30_000);
  await entering;
  assert.deepEqual([fixture.server.count("EnterPresence"), fixture.server.count("GetPresence")], [11, 1]);
});

test("somebody's own publication by that name is not presence", async () => {
  const { fixture, told } = await watched();
  await fixture.channel.publish("presence", { joined: [{ userId: "eve" }], left: ["ann"], updated: [], total: 99, summary: null, isComplete: true });
  assert.deepEqual([told, fixture.channel.presence.count], [[], 1]);
});

test("presence is entered in a subscribed channel only, and no longer once it is unsubscribed", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  assert.equal(await codeOf(heard(fixture.channel.presence.enter())), "NOT_SUBSCRIBED");
  await fixture.subscribe();
  await fixture.channel.presence.enter();
  await fixture.channel.unsubscribe();
  assert.deepEqual([fixture.there.members.size, fixture.channel.presence.me], [0, null]);
  await fixture.subscribe();
  assert.equal(fixture.server.count("EnterPresence"), 1);
});

test("an entry that is refused is told to who asked, and one that is refused on a new connection to the app", async () => {
  const { fixture } = await watched();
  fixture.server.refuse = (method) => (method === "EnterPresence" ? "CONNECTION_LIMIT" : null);
  assert.equal(await codeOf(heard(fixture.channel.presence.enter())), "CONNECTION_LIMIT");
  assert.equal(fixture.channel.presence.me, null);
  fixture.server.refuse = null;
  await fixture.channel.presence.enter();
  fixture.server.refuse = (method) => (method === "EnterPresence" ? "CONNECTION_LIMIT" : null);
  await fixture.comeBack(() => undefined);
  assert.deepEqual(fixture.errors.map((error) => (error as { code: string }).code), ["CONNECTION_LIMIT"]);
});
