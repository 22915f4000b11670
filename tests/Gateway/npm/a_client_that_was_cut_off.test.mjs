import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { Client } from "./support/Client.mjs";
import { CutProxy } from "./support/CutProxy.mjs";
import { enter, openRoom, say, song, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { Traffic } from "./support/Traffic.mjs";

let server;

before(async () => {
  server = await startServer();
});

after(() => server.stop());

describe("a client that was cut off", { concurrency: true }, () => {
  for (const seconds of [5, 60]) {
    test(`for ${seconds} s in a quiet room has recovered, and nothing is missing`, async () => {
      const verdict = await cutOff({ seconds, isBusy: false });
      assert.equal(verdict, "recovered");
    });

    test(`for ${seconds} s in a busy room has every message once, or a fresh snapshot`, async (t) => {
      const verdict = await cutOff({ seconds, isBusy: true });
      t.diagnostic(`verdict: ${verdict}`);
      assert.ok(["recovered", "lost"].includes(verdict), verdict);
    });
  }

  test("for 5 s without its connection breaking gets what waited, each message once", async () => {
    const room = await furnish("stalled");
    room.proxy.stall();
    for (const text of ["s1", "s2", "s3"]) await say(room.ann, text);
    await realTime(5);
    room.proxy.release();
    await room.bob.until("the last message", () => room.bob.messages.at(-1)?.text === "s3");
    await assertSame(room);
    await room.close();
  });
});

/** Bob's connection is cut for a time; then he comes back with the positions he has. Answers the verdict he got. */
async function cutOff({ seconds, isBusy }) {
  const room = await furnish(isBusy ? "busy" : "quiet");
  const { ann, bob, proxy } = room;
  const traffic = isBusy ? await Traffic.start(server, room.roomId) : null;
  const before = bob.client;
  proxy.cut();
  await before.happened.until("bob's connection is gone", () => before.isClosed);
  await realTime(seconds);
  proxy.restore();
  await bob.join(await Client.connect(server, before.userId, { via: proxy.url }));
  await traffic?.stop();

  await say(ann, "the last word");
  for (const listener of [ann, bob]) await listener.until("the last word", () => listener.messages.at(-1)?.text === "the last word");
  await assertSame(room);
  const verdict = bob.verdicts.at(-1);
  await room.close();
  return verdict;
}

/** A room where Ann is host, two songs wait, and Bob listens through a proxy. */
async function furnish(name) {
  const { roomId, host: ann } = await openRoom(server, name, unique("ann"));
  const proxy = await CutProxy.open(server.url);
  const bob = await enter(server, roomId, unique("bob"), { via: proxy.url });
  await ann.client.command("Enqueue", roomId, { tracks: [song("one"), song("two"), song("three")] });
  await say(ann, "hello");
  await bob.until("hello", () => bob.messages.at(-1)?.text === "hello");
  const close = () => Promise.all([ann.client.stop(), bob.client.stop(), proxy.close()]);
  return { roomId, ann, bob, proxy, close };
}

/** Whatever Bob has of the chat is what Ann has, each message once; the rest of the room is equal, once both have its last frames: of the queue they come after those of the chat. */
async function assertSame({ ann, bob }) {
  const { queue, playback } = await ann.client.ask("GetSnapshot", { roomId: ann.roomId });
  for (const listener of [ann, bob]) await listener.until("the queue and the vector that the room has", () => isDeepStrictEqual([listener.newestQueue.revision, listener.vector.revision], [queue.revision, playback.revision]));
  assert.deepEqual(bob.faults, []);
  assert.deepEqual(ann.faults, []);
  const first = bob.messages[0].offset;
  assert.deepEqual(bob.messages, ann.messages.filter((message) => message.offset >= first));
  assert.deepEqual(bob.newestQueue.window, ann.newestQueue.window);
  // What to load ahead is as of the snapshot, where he has a fresh one, or of the last change of playback.
  const shown = (vector) => (bob.verdicts.at(-1) === "lost" ? { ...vector, next: null } : vector);
  assert.deepEqual(shown(bob.vector), shown(ann.vector));
}

/** Being cut off is a matter of real time. */
function realTime(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
