import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { RoomConnection } from "@whatssound/client";
import { CutProxy } from "./support/CutProxy.mjs";
import { song, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { Signal } from "./support/Signal.mjs";
import { fetchToken } from "./support/tokens.mjs";

const deadlineMs = 30_000;
const lines = Array.from({ length: 10 }, (_, i) => `line ${i}`);

let server;

before(async () => {
  server = await startServer();
});

after(() => server.stop());

describe("one user on two tabs, by the client of this project", { concurrency: true }, () => {
  test("what is said by vote on one is known on the other, also after it was away, and to nobody else", async (t) => {
    const { ann, bob, other, proxy } = await meet(t);
    await ann.connection.enqueue([song("one"), song("two")]);
    await other.until("two songs", ({ queue }) => queue.current && queue.window.length === 1);
    const { current, window: [next] } = other.connection.room.queue;

    await bob.connection.vote(next.entryId, 1);
    await bob.connection.vote(current.entryId, -1);
    await other.until("both votes", ({ myVotes }) => myVotes[next.entryId] === 1 && myVotes[current.entryId] === -1);
    await bob.connection.vote(next.entryId, 0);
    await other.until("one is taken back", ({ myVotes }) => !myVotes[next.entryId]);

    proxy.cut();
    await other.until("away", () => other.connection.state === "reconnecting");
    await bob.connection.vote(next.entryId, 1);
    proxy.restore();
    await other.until("what was said meanwhile", ({ myVotes }) => myVotes[next.entryId] === 1);
    await ann.until("the score", ({ queue }) => queue.window[0].score === 2);
    assert.ok(ann.states.every(({ myVotes }) => (myVotes[current.entryId] ?? 1) === 1 && (myVotes[next.entryId] ?? 1) === 1), "the votes of another");
  });

  test("ten lines said while it was away are said in order, each once", async (t) => {
    const { ann, other, proxy } = await meet(t);
    proxy.cut();
    await other.until("away", () => other.connection.state === "reconnecting");
    const saying = lines.map((line) => other.connection.sendChat(line));
    proxy.restore();
    await Promise.all(saying);
    await ann.until("all lines", ({ chat }) => chat.length === lines.length);
    assert.deepEqual(ann.connection.room.chat.map(({ data }) => data.text), lines);
  });
});

/** Ann, whose room it is, and Bob, who is in it twice: once behind a proxy. */
async function meet(t) {
  const roomId = unique("tabs");
  const proxy = await CutProxy.open(server.url);
  const bobId = unique("bob");
  const ann = new Tab(server.url, unique("ann"));
  const [bob, other] = [new Tab(server.url, bobId), new Tab(proxy.url, bobId)];
  const tabs = [ann, bob, other];
  t.after(() => Promise.all([...tabs.map((tab) => tab.connection.stop()), proxy.close()]));
  for (const tab of tabs) await tab.connection.start();
  await ann.connection.createRoom(roomId, { name: "Tabs" });
  for (const tab of tabs) await tab.connection.join(roomId);
  return { ann, bob, other, proxy };
}

/** A connection, the states of the room that it was shown, and a way to wait for one. */
class Tab {
  states = [];
  happened = new Signal();

  constructor(url, userId) {
    this.connection = new RoomConnection({ url: `${url}/hub`, token: (signal) => fetchToken(server.url, userId, userId, signal) });
    this.connection.on("room", (state) => {
      this.states.push(state);
      this.happened.raise();
    });
    this.connection.on("state", () => this.happened.raise());
  }

  until(what, isSo) {
    return this.happened.until(what, () => isSo(this.connection.room), deadlineMs);
  }
}
