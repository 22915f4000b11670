import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bytesOf, Connection, textOf } from "@whatssound/client";
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

  test("what is published with headers, as text, as bytes and without a name comes so, to who asks for it, also after a cut", async (t) => {
    const proxy = await CutProxy.open(server.url);
    const [ann, bob] = await connect(t, proxy, "ann", "bob");
    const name = `stage:${unique("show")}`;
    const happened = new Signal();
    const heard = { all: [], events: [], headers: [], own: [] };
    const hear = (list) => (publication) => {
      heard[list].push(textOf(publication) ?? bytesOf(publication)?.join() ?? publication.data);
      happened.raise();
    };
    const others = await connect(t, proxy, "events", "headers");
    await ann.channel(name).subscribe(hear("own"), { echo: false });
    await bob.channel(name).subscribe(hear("all"));
    await others[0].channel(name).subscribe(hear("events"), { events: ["shown"] });
    await others[1].channel(name).subscribe(hear("headers"), { headers: { lang: "en" } });
    const publishAll = async (suffix) => {
      await ann.channel(name).publish("said", `json${suffix}`, { headers: { lang: "en", to: "all" }, extras: { push: { title: "hi" } } });
      await ann.channel(name).publish("shown", `text${suffix}`, { encoding: "text" });
      await ann.channel(name).publish(null, new Uint8Array([0, 255, suffix]), { headers: { lang: "en" } });
      await bob.channel(name).publish("shown", { theirs: suffix });
    };
    const expected = (suffix) => ({
      all: [`json${suffix}`, `text${suffix}`, `0,255,${suffix}`, { theirs: suffix }],
      events: [`text${suffix}`, { theirs: suffix }],
      headers: [`json${suffix}`, `0,255,${suffix}`],
      own: [{ theirs: suffix }],
    });
    const isWhole = (rounds) => Object.keys(heard).every((list) => heard[list].length >= rounds.flatMap((round) => expected(round)[list]).length);

    await publishAll(1);
    await happened.until("everybody has what they asked for", () => isWhole([1]), deadlineMs);
    proxy.cut();
    const publishing = publishAll(2);
    proxy.restore();
    await publishing;
    await happened.until("everybody has the rest", () => isWhole([1, 2]), deadlineMs);

    for (const list of Object.keys(heard)) assert.deepEqual(heard[list], [...expected(1)[list], ...expected(2)[list]], list);
    const rewound = [];
    await others[0].release(name);
    await others[0].channel(name).subscribe(({ event, headers, extras }) => rewound.push({ event, headers, extras }), { rewind: { ms: 60_000 } });
    assert.deepEqual(rewound[0], { event: "said", headers: { lang: "en", to: "all" }, extras: { push: { title: "hi" } } });
    assert.equal(rewound.length, 8);
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
