// Many followers of one channel, all of whose sockets are destroyed again and again while somebody publishes. WHATSSOUND_CHURN=full runs it with 500 clients for half a minute each,
// and WHATSSOUND_CHURN=paced with 500 for a minute, in which 120 publications come at 2/s and every 15 s there are no sockets for 2 s.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Connection } from "@whatssound/client";
import { CutProxy } from "./support/CutProxy.mjs";
import { BareFollower, LibraryFollower } from "./support/followers.mjs";
import { judge } from "./support/judge.mjs";
import { unique } from "./support/rooms.mjs";
import { programFile, startProcess, temporaryData } from "./support/server.mjs";
import { Signal } from "./support/Signal.mjs";
import { fetchToken } from "./support/tokens.mjs";

const scales = {
  full: { followers: 500, cuts: 8, heard: 150, missed: 50, atOnce: 50 },
  paced: { followers: 500, cuts: 4, heard: 26, missed: 4, atOnce: 50, intervalMs: 500 },
};
const scale = scales[process.env.WHATSSOUND_CHURN] ?? { followers: 20, cuts: 4, heard: 10, missed: 10, atOnce: 20 };
const deadlineMs = 60_000;
/** Half of what a channel remembers by default: nobody misses more than it has, however long the coming back takes here. */
const aheadMost = 256;

const skip = programFile() ? false : "the server's program is not built here, so none with settings of its own can be started";
// On a machine that is busy so many clients may take longer to begin than the 10 s that they have, and SignalR's ends its process when it is told so.
const patient = { "Sessions:AuthenticateWithin": "00:02:00" };
const folders = [temporaryData(), temporaryData()];

let server;
let forgetful;

before(async () => {
  if (skip) return;
  server = await startProcess(folders[0], { settings: patient });
  // Neither the channel nor the gateway has what a client misses in a cut.
  forgetful = await startProcess(folders[1], { settings: { ...patient, "Delivery:WindowPublicationsMax": "2" } });
});

after(async () => {
  await Promise.all([server?.stop(), forgetful?.stop()]);
  for (const folder of folders) folder.remove();
});

describe("followers whose sockets are all destroyed again and again", () => {
  for (const Follower of [LibraryFollower, BareFollower]) {
    test(`hear everything once and in order, with true verdicts: ${Follower.name}`, { skip }, async (t) => {
      const { total, verdicts, expected } = await churn(server, unique("news"), Follower);
      t.diagnostic(JSON.stringify({ ...total, expected, verdicts }));
      assert.deepEqual(total, { delivered: expected, twice: 0, outOfOrder: 0, unexplained: 0, untrue: 0 });
      assert.deepEqual(Object.keys(verdicts).toSorted(), ["live", "recovered"]);
    });

    test(`hear of a channel that remembers little what it still has, and which part is lost: ${Follower.name}`, { skip }, async (t) => {
      const { total, verdicts, expected } = await churn(forgetful, `short:${unique("news")}`, Follower);
      t.diagnostic(JSON.stringify({ ...total, expected, verdicts }));
      assert.deepEqual({ ...total, delivered: 0 }, { delivered: 0, twice: 0, outOfOrder: 0, unexplained: 0, untrue: 0 });
      assert.ok(verdicts.lost > 0 && total.delivered < expected);
    });
  }
});

async function churn(server, channel, Follower) {
  const proxy = await CutProxy.open(server.url);
  const happened = new Signal();
  const followers = [];
  while (followers.length < scale.followers) {
    const some = await Promise.all(Array.from({ length: scale.atOnce }, async () => new Follower(proxy.url, await fetchToken(server.url, unique("follower")), happened)));
    await Promise.all(some.map((follower) => follower.start(channel)));
    followers.push(...some);
  }
  const publisher = new Publisher(server, channel, followers, happened);
  await publisher.start();
  for (let cut = 1; cut <= scale.cuts; cut++) {
    const known = followers.map(({ verdicts }) => verdicts.length);
    const isBack = (follower, i) => follower.verdicts.length > known[i];
    await publisher.publishes(scale.heard);
    proxy.cut();
    await publisher.publishes(scale.missed);
    proxy.restore();
    // Every second time again, while they are coming back.
    await happened.until("one has come back", () => followers.some(isBack), deadlineMs);
    if (cut % 2 === 0) {
      proxy.cut();
      proxy.restore();
    }
    await happened.until("everybody has come back", () => followers.every(isBack), deadlineMs);
  }
  const { head, published } = await publisher.stop();
  await happened.until("everybody has come to the end", () => followers.every(({ position }) => position.offset >= head), deadlineMs);

  const judged = followers.map((follower) => judge({ ...follower, head }));
  const total = judged.reduce((sum, one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value + (sum[key] ?? 0)])), {});
  const verdicts = {};
  for (const verdict of followers.flatMap((follower) => follower.verdicts)) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  await Promise.all(followers.map((follower) => follower.stop()));
  await proxy.close();
  return { total, verdicts, expected: followers.length * published };
}

/** Publishes one after the other until it is stopped, as fast as the server lets one user, or at the scale's interval; it waits for who is too far behind. */
class Publisher {
  #connection;
  #channel;
  #followers;
  #followed;
  #publishing;
  #happened = new Signal();
  #isStopped = false;
  published = 0;

  constructor(server, channel, followers, followed) {
    this.#followers = followers;
    this.#followed = followed;
    const userId = unique("publisher");
    this.#connection = new Connection({ url: `${server.url}/hub`, token: () => fetchToken(server.url, userId) });
    this.#channel = this.#connection.channel(channel);
  }

  async start() {
    await this.#connection.start();
    this.#publishing = this.#publish();
  }

  /** Waits until so many more are published. */
  async publishes(count) {
    const from = this.published;
    await this.#happened.until(`${count} more are published`, () => this.published >= from + count, deadlineMs);
  }

  async stop() {
    this.#isStopped = true;
    const head = await this.#publishing;
    await this.#connection.stop();
    return { head, published: this.published };
  }

  async #publish() {
    let head;
    const begun = performance.now();
    while (!this.#isStopped) {
      head = (await this.#channel.publish("said", { number: this.published + 1 })).position.offset;
      this.published++;
      this.#happened.raise();
      await this.#followed.until("nobody is too far behind", () => this.#isStopped || this.#followers.every(({ position }) => head - position.offset < aheadMost), deadlineMs);
      if (scale.intervalMs) await nextAt(begun + this.published * scale.intervalMs);
    }
    return head;
  }
}

// The interval is what is looked at here, not something that is waited for.
const nextAt = (ms) => new Promise((resolve) => setTimeout(resolve, ms - performance.now()));
