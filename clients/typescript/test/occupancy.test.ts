import assert from "node:assert/strict";
import { test } from "node:test";
import type { Occupancy } from "../src/index.js";
import { ChannelFixture } from "./ChannelFixture.js";
import { codeOf } from "./Fixture.js";

const three = { channel: "news", connections: 3, users: 2, subscribers: 4 };

test("how many are there is asked for without subscribing", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  fixture.there.enter("ann");
  assert.deepEqual(await fixture.channel.occupancy(), { channel: "news", connections: 1, users: 1, subscribers: 0 });
  fixture.server.refuse = () => "FORBIDDEN";
  assert.equal(await codeOf(fixture.channel.occupancy()), "FORBIDDEN");
});

test("who subscribes with it is told of it, over reconnects too, and nobody else is", async () => {
  const fixture = await ChannelFixture.subscribed({ occupancy: true });
  const told: Occupancy[] = [];
  fixture.channel.on("occupancy", (occupancy) => told.push(occupancy));
  fixture.server.send("occupancy", three);
  fixture.server.send("occupancy", { ...three, channel: "other" });
  await fixture.comeBack(() => undefined);
  const asked = fixture.server.requests.filter(({ method }) => method === "Subscribe").map(({ body }) => body["occupancy"]);
  assert.deepEqual([told, asked], [[three], [true, true]]);
  await fixture.channel.unsubscribe();
  fixture.server.send("occupancy", three);
  assert.equal(told.length, 1);
});

test("publications stay whole beside it: it leaves nothing out", async () => {
  const fixture = await ChannelFixture.subscribed({ occupancy: true });
  fixture.there.mumble("one");
  fixture.server.send("frame", { channel: "news", epoch: "e1", class: "ordered", previousOffset: 0, headOffset: 1, publications: [] });
  await fixture.time.advance(100);
  assert.deepEqual(fixture.texts, ["one"]);
});

test("what is no occupancy changes nothing, and is counted", async () => {
  const fixture = await ChannelFixture.subscribed({ occupancy: true });
  const told: Occupancy[] = [];
  fixture.channel.on("occupancy", (occupancy) => told.push(occupancy));
  for (const bad of [null, {}, { ...three, users: "two" }, { ...three, subscribers: -1 }]) fixture.server.send("occupancy", bad);
  assert.deepEqual([told, fixture.connection.dropped.messages], [[], 4]);
});
