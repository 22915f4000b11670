import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openRoom, song, unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { clockOf, positionAt } from "./support/time.mjs";

const reportsPerSecond = 60;
const seconds = 10;

let server;
let host;
let listener;

before(async () => {
  server = await startServer();
  const room = await openRoom(server, "conflated", unique("ann"));
  host = room.host;
  await host.client.command("Enqueue", room.roomId, { tracks: [song("long")] });
  listener = await enter(server, room.roomId, unique("bob"));
});

after(async () => {
  await Promise.all([host.client.stop(), listener.client.stop()]);
  await server.stop();
});

test("60 reports a second become at most 2 frames a second, and the last one comes", async () => {
  const clock = await clockOf(host.client);
  await host.until("the song plays", () => host.vector.status === "playing");
  const { entryId } = host.vector;
  const from = listener.frames.length;
  const answers = await report(() => host.client.call("ReportHostPosition", { roomId: host.roomId, entryId, positionMs: positionNow(clock) }));
  assert.deepEqual(answers.filter((answer) => !answer.ok), []);

  const last = Math.round(positionNow(clock)) + 7;
  await host.client.ask("ReportHostPosition", { roomId: host.roomId, entryId, positionMs: last });
  await listener.until("the last report", () => listener.published(listener.playback, "hostPosition").at(-1)?.data.positionMs === last);

  // By the server's time, give or take a frame at each end: how long one travels on a busy machine is not the server's.
  const frames = listener.frames.slice(from).filter((frame) => frame.channel === listener.playback);
  const times = frames.map((frame) => frame.publications.at(-1).timeMs);
  const framesMax = (2 * (times.at(-1) - times[0])) / 1000 + 2;
  assert.ok(times.length > seconds / 2 && times.length <= framesMax, `${times.length} frames of at most ${framesMax}`);
  assert.deepEqual(listener.faults, []);
});

function positionNow(clock) {
  return Math.round(positionAt(host.vector, clock(performance.now())));
}

/** Calls at the rate for the time. The rate is the load, not a way to wait. */
function report(call) {
  const calls = [];
  return new Promise((resolve) => {
    const startMs = performance.now();
    const timer = setInterval(() => {
      const due = Math.min(reportsPerSecond * seconds, Math.floor(((performance.now() - startMs) * reportsPerSecond) / 1000));
      while (calls.length < due) calls.push(call());
      if (due < reportsPerSecond * seconds) return;
      clearInterval(timer);
      resolve(Promise.all(calls));
    }, 1000 / reportsPerSecond);
  });
}
