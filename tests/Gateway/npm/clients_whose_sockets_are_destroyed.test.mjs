// Many followers of one channel, all of whose sockets are destroyed again and again while somebody publishes. WHATSSOUND_CHURN=full runs it with 500 clients for a minute each.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Client } from "./support/Client.mjs";
import { CutProxy } from "./support/CutProxy.mjs";
import { BareFollower, LibraryFollower } from "./support/followers.mjs";
import { judge } from "./support/judge.mjs";
import { unique } from "./support/rooms.mjs";
import { programFile, startProcess, startServer, temporaryData } from "./support/server.mjs";
import { fetchToken } from "./support/tokens.mjs";

const scale =
  process.env.WHATSSOUND_CHURN === "full"
    ? { followers: 500, publications: 120, betweenMs: 500, cutEveryMs: 15_000, cutForMs: 2_000, atOnce: 50 }
    : { followers: 20, publications: 60, betweenMs: 100, cutEveryMs: 1_500, cutForMs: 400, atOnce: 20 };
const deadlineMs = 30_000;

const skip = programFile() ? false : "the server's program is not built here, so none that remembers little can be started";
const data = temporaryData();

let server;
let forgetful;

before(async () => {
  server = await startServer();
  // Neither the channel nor the gateway has what a client misses in a cut.
  if (!skip) forgetful = await startProcess(data, { settings: { "Delivery:WindowPublicationsMax": "2" } });
});

after(async () => {
  await Promise.all([server.stop(), forgetful?.stop()]);
  data.remove();
});

describe("followers whose sockets are all destroyed again and again", () => {
  for (const Follower of [LibraryFollower, BareFollower]) {
    test(`hear everything once and in order, with true verdicts: ${Follower.name}`, async (t) => {
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
  const publisher = await Client.connect(server, unique("publisher"));
  const followers = [];
  while (followers.length < scale.followers) {
    const some = await Promise.all(Array.from({ length: scale.atOnce }, async () => new Follower(proxy.url, await fetchToken(server.url, unique("follower")))));
    await Promise.all(some.map((follower) => follower.start(channel)));
    followers.push(...some);
  }
  const cutting = setInterval(() => {
    proxy.cut();
    setTimeout(() => proxy.restore(), scale.cutForMs);
  }, scale.cutEveryMs);
  let head;
  for (let i = 1; i <= scale.publications; i++) {
    await realTime(scale.betweenMs);
    head = (await publisher.ask("Publish", { channel, id: unique("p"), event: "said", data: { number: i } })).position.offset;
  }
  clearInterval(cutting);
  await realTime(scale.cutForMs);
  proxy.restore();
  const late = performance.now() + deadlineMs;
  while (followers.some(({ position }) => position.offset < head) && performance.now() < late) await realTime(50);

  const judged = followers.map((follower) => judge({ ...follower, head }));
  const total = judged.reduce((sum, one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value + (sum[key] ?? 0)])), {});
  const verdicts = {};
  for (const verdict of followers.flatMap((follower) => follower.verdicts)) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  await Promise.all([...followers.map((follower) => follower.stop()), publisher.stop()]);
  await proxy.close();
  return { total, verdicts, expected: followers.length * scale.publications };
}

/** Being cut off is a matter of real time. */
function realTime(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
