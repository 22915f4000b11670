import assert from "node:assert/strict";
import { test } from "node:test";
import { Fixture } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

test("a room and all channels are asked for at once on a new connection: however many they are, that is one round trip", async () => {
  const fixture = await Fixture.joined();
  const names = ["room:den:lobby", ...Array.from({ length: 20 }, (_, i) => `news:${i}`)];
  for (const name of names) await fixture.connection.connection.channel(name).subscribe();
  const before = fixture.server.requests.length;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  fixture.server.holdAnswers = (method) => (method === "Authenticate" || method === "Time" ? Promise.resolve() : held);
  fixture.server.cut();
  await fixture.time.advance(1_000);
  const asked = fixture.server.requests.slice(before).filter(({ method }) => method === "JoinRoom" || method === "Subscribe");
  assert.deepEqual(asked.map(({ body }) => body["roomId"] ?? body["channel"]), ["den", ...names]);
  assert.equal(fixture.connection.state, "reconnecting");
  release();
  await settle();
  assert.equal(fixture.connection.state, "live");
});
