import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Connection } from "@whatssound/client";
import { CutProxy } from "./support/CutProxy.mjs";
import { unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { Signal } from "./support/Signal.mjs";
import { fetchToken } from "./support/tokens.mjs";

const deadlineMs = 30_000;

let server;

before(async () => {
  server = await startServer();
});

after(() => server.stop());

describe("the client of this project follows channels", { concurrency: true }, () => {
  test("of a channel that conflates the newest of each key comes, also over a cut", async (t) => {
    const proxy = await CutProxy.open(server.url);
    const [ann, bob] = await connect(t, proxy, "ann", "bob");
    const name = `ticker:${unique("prices")}`;
    const newest = {};
    const happened = new Signal();
    await bob.channel(name).subscribe(({ key, data }) => {
      newest[key] = data;
      happened.raise();
    });
    for (let i = 1; i <= 20; i++) for (const key of ["a", "b"]) await ann.channel(name).publish("price", i, { key });
    await happened.until("the newest of both", () => newest.a === 20 && newest.b === 20, deadlineMs);
    proxy.cut();
    for (let i = 21; i <= 30; i++) await ann.channel(name).publish("price", i, { key: "a" });
    proxy.restore();
    await happened.until("the newest of the one that changed", () => newest.a === 30, deadlineMs);
    assert.deepEqual(newest, { a: 30, b: 20 });
  });

  test("presence is the same for everybody, also after a cut", async (t) => {
    const proxy = await CutProxy.open(server.url);
    const [ann, bob] = await connect(t, proxy, "ann", "bob");
    const name = `stage:${unique("show")}`;
    const happened = new Signal();
    const told = [];
    for (const one of [ann, bob]) {
      one.channel(name).presence.on("changed", () => happened.raise());
      await one.channel(name).subscribe();
    }
    for (const event of ["joined", "left", "updated"]) ann.channel(name).presence.on(event, ({ userId }) => told.push(`${event} ${userId.split("-")[0]}`));
    await ann.channel(name).presence.enter({ mood: "good" });
    await bob.channel(name).presence.enter({ mood: "good" });
    await happened.until("both see both", () => [ann, bob].every((one) => one.channel(name).presence.count === 2), deadlineMs);
    proxy.cut();
    await ann.channel(name).presence.update({ mood: "better" });
    proxy.restore();
    const seen = () => bob.channel(name).presence.members.map((member) => member.info.mood);
    await happened.until("what changed meanwhile is seen", () => seen().join() === "better,good", deadlineMs);
    assert.deepEqual(told.filter((one) => one.startsWith("left")), []);
    assert.deepEqual(bob.channel(name).presence.me.info, { mood: "good" });
  });
});

/** One client directly, and one through a proxy. */
async function connect(t, proxy, ...names) {
  const connections = names.map((name, i) => {
    const userId = unique(name);
    return new Connection({ url: `${i === 0 ? server.url : proxy.url}/hub`, token: () => fetchToken(server.url, userId) });
  });
  t.after(() => Promise.all([...connections.map((one) => one.stop()), proxy.close()]));
  await Promise.all(connections.map((one) => one.start()));
  return connections;
}
