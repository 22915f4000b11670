import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FaultProxy, holes } from "./support/FaultProxy.mjs";
import { FollowerProcess } from "./support/FollowerProcess.mjs";
import { openRoom, say, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";

const returnMs = 15_000;
const stopMs = 2_500;
// Two attempts that hang for 10 s each, and two waits of 10 s at most: one negotiates every second time.
const attemptMs = 40_000;

let server;

before(async () => {
  server = await startServer();
});

after(() => server.stop());

describe("the client of this project", { concurrency: true }, () => {
  for (const hole of holes) {
    test(`is live again within 15 s of the return of a network that swallowed ${hole}`, async (t) => {
      const { host, proxy, follower } = await furnish(t);
      proxy.set(hole);
      proxy.cut();
      await proxy.until("a second attempt is swallowed", () => proxy.swallowed >= 2, attemptMs);
      await say(host, "while you were away");
      proxy.restore();
      const fromMs = performance.now();
      await follower.until("live again, with what was said", hasHeard("while you were away"), returnMs);
      t.diagnostic(`live again after ${Math.round(performance.now() - fromMs)} ms`);
      await proxy.until("there is one connection", () => proxy.hubConnections === 1, stopMs);
      assertEnded(await follower.stop());
      await proxy.until("there is no connection", () => proxy.hubConnections === 0);
    });

    test(`stops while the network swallows ${hole}, and nothing is left`, async (t) => {
      const { proxy, follower } = await furnish(t);
      proxy.set(hole);
      proxy.cut();
      await proxy.until("an attempt is swallowed", () => proxy.swallowed >= 1, attemptMs);
      assertEnded(await follower.stop());
      await proxy.until("there is no connection", () => proxy.hubConnections === 0);
    });
  }

  test("waking cuts an attempt short that hangs since before the network came back", async (t) => {
    const { proxy, follower } = await furnish(t);
    proxy.set("the upgrade");
    proxy.cut();
    await proxy.until("a second attempt is swallowed", () => proxy.swallowed >= 2, attemptMs);
    proxy.restore();
    const fromMs = performance.now();
    const waking = setInterval(() => follower.ask("wake"), 500);
    await follower.until("live again", hasHeard("hello"), returnMs).finally(() => clearInterval(waking));
    const tookMs = performance.now() - fromMs;
    t.diagnostic(`live again after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs < 5_000, `${tookMs} ms`);
    assertEnded(await follower.stop());
  });

  for (const fault of ["WebSockets refused", "WebSockets refused and events buffered"]) {
    test(`comes in by another transport: ${fault}`, async (t) => {
      const { host, proxy, follower } = await furnish(t, fault);
      await say(host, "can you hear me");
      await follower.until("the message came", hasHeard("can you hear me"));
      assertEnded(await follower.stop());
      await proxy.until("there is no connection", () => proxy.hubConnections === 0);
    });
  }

  test("needs no stickiness of a load balancer", async (t) => {
    const { proxy, follower } = await furnish(t, "another gateway than the one that negotiated");
    assert.equal(proxy.negotiations, 0);
    proxy.cut();
    await follower.until("gone", () => follower.told.state === "reconnecting");
    await follower.until("live again", hasHeard("hello"));
    assert.equal(proxy.negotiations, 0);
    assertEnded(await follower.stop());
  });
});

/** A room in which somebody said hello, and a follower who has heard it through a proxy. */
async function furnish(t, fault) {
  const { roomId, host } = await openRoom(server, "faults", unique("ann"));
  await say(host, "hello");
  const proxy = await FaultProxy.open(server.url);
  if (fault) proxy.set(fault);
  const follower = new FollowerProcess(proxy.url, roomId, unique("bob"));
  t.after(() => {
    follower.kill();
    return Promise.all([host.client.stop(), proxy.close()]);
  });
  await follower.until("the follower has come in", hasHeard("hello"), attemptMs);
  return { host, proxy, follower };
}

function hasHeard(text) {
  return ({ told }) => told.state === "live" && told.last === text;
}

/** It stopped in time, left nothing behind, and its process ended by itself and without an unhandled rejection. */
function assertEnded({ tookMs, left, exitCode }) {
  assert.deepEqual({ left, exitCode }, { left: [], exitCode: 0 });
  assert.ok(tookMs < stopMs, `stop took ${tookMs} ms`);
}
