// Level 3: the server is killed, kill -9, at random times while a room plays short songs, and started again with the same data: where the song is before and after, and what came of queue and votes. See docs/benchmarks.md.
import { parseArgs } from "node:util";
import { positionAt } from "../../clients/typescript/dist/src/index.js";
import { randomOf } from "../../clients/typescript/dist/test/links.js";
import { startProcess, temporaryData } from "../../tests/Gateway/npm/support/server.mjs";
import { signToken } from "../../tests/Gateway/npm/support/tokens.mjs";
import { atOneMoment, Listener, nowMs } from "./Listener.mjs";
import { ms, write } from "./report.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, kills: { type: "string", default: "20" }, seed: { type: "string", default: "1" } } });
const kills = options.quick ? 2 : Number(options.kills);
const random = randomOf(Number(options.seed));
const songMs = 45_000;
const namesOfListeners = ["host", "ann", "bob", "cyd", "dan"];
const names = { jumpMs: "a listener's position in the song jumped by", clockJumpMs: "a listener's room time jumped by", startMs: "the program served again after", backMs: "everybody was back after", afterStartMs: "of that, from when it served" };
const jumpMostMs = 50;
const pause = (length) => new Promise((resolve) => setTimeout(resolve, length));

const data = temporaryData();
let server = await startProcess(data);
const { url } = server;
const roomId = `kills-${Date.now().toString(36)}`;
const tokenOf = (sub) => () => signToken(data.signingKey, { sub, name: sub, exp: Math.floor(Date.now() / 1_000) + 3_600 });
const listeners = namesOfListeners.map((name, i) => new Listener({ url, token: tokenOf(`${roomId}-${name}`), seed: 40 + i, asymmetryMs: 0 }));
const [host, , , cyd, dan] = listeners;
const found = [];
const broken = [];
try {
  await begin();
  for (let i = 0; i < kills; i++) found.push(await kill());
  judgeSongs();
} finally {
  await Promise.all(listeners.map((listener) => listener.stop()));
  await server.stop();
  data.remove();
}
report();

async function begin() {
  for (const listener of listeners) void listener.connection.start();
  await host.connection.createRoom(roomId, { name: "Kills" });
  for (const listener of listeners) await listener.join(roomId);
  const song = (i) => ({ url: `https://songs.example/${i}.mp3`, title: `Song ${i}`, artist: "Nobody", durationMs: songMs });
  for (const [i, listener] of listeners.slice(0, 3).entries()) await listener.connection.enqueue(Array.from({ length: 10 }, (_, j) => song(10 * i + j)));
  await pause(5_000);
}

/** Votes right before, kills, and waits until everybody is back and knows the time. */
async function kill() {
  await pause(4_000 + random() * 8_000);
  const { window } = cyd.connection.room.queue;
  const voted = window[Math.floor(random() * window.length)];
  await Promise.all([cyd, dan].map((listener) => listener.connection.vote(voted.entryId, 1)));
  const before = atOneMoment(() => listeners.map(stateOf));
  const back = Promise.all(listeners.map((listener) => listener.whenBack()));
  const killedMs = performance.now();
  await server.kill();
  server = await startProcess(data, { url });
  const servedMs = performance.now();
  await back;
  const backMs = performance.now();
  await pause(1_500);
  const after = atOneMoment(() => listeners.map(stateOf));
  return judge(before, after, { startMs: servedMs - killedMs, backMs: backMs - killedMs, afterStartMs: backMs - servedMs }, voted.entryId);
}

function stateOf(listener) {
  const { room, clock } = listener.connection;
  const roomMs = clock.nowMs();
  return { vector: room.playback, positionMs: positionAt(room.playback, roomMs), atMs: nowMs(), roomMs, votes: new Map(room.queue.window.map((entry) => [entry.entryId, entry.score])) };
}

/** Of the same song each listener is as far as if nothing had been; the next one began when the one before was over. */
function judge(before, after, times, voted) {
  const jumps = after.map((now, i) => {
    const then = before[i];
    const passedMs = now.atMs - then.atMs;
    if (now.vector.entryId === then.vector.entryId) return Math.abs(now.positionMs - then.positionMs - passedMs);
    return NaN;
  });
  const clockJumps = after.map((now, i) => Math.abs(now.roomMs - before[i].roomMs - (now.atMs - before[i].atMs)));
  // The adder's own, and two.
  const votes = 3;
  for (const [i, now] of after.entries()) {
    const then = before[i].vector;
    if (now.vector.epoch < then.epoch || (now.vector.epoch === then.epoch && now.vector.revision < then.revision)) broken.push(`${namesOfListeners[i]} went back from ${then.epoch}/${then.revision} to ${now.vector.epoch}/${now.vector.revision}`);
    const score = now.votes.get(voted);
    if (score !== undefined && score !== votes) broken.push(`${namesOfListeners[i]} sees ${score} votes of ${votes}`);
  }
  return { ...times, jumpMs: Math.max(...jumps), clockJumpMs: Math.max(...clockJumps), isSameSong: !jumps.some(Number.isNaN) };
}

/** No song was played twice. */
function judgeSongs() {
  const played = host.connection.room.history.map((song) => song.entryId);
  if (new Set(played).size !== played.length) broken.push(`songs were played twice: ${played}`);
}

function report() {
  const same = found.filter((one) => one.isSameSong);
  const most = (key, of = found) => ms(Math.max(...of.map((one) => one[key])));
  const half = (key, of = found) => ms(of.map((one) => one[key]).toSorted((a, b) => a - b)[of.length >> 1]);
  write(
    "sync-kills",
    ["jumpMs", "clockJumpMs", "startMs", "backMs", "afterStartMs"].map((key) => [names[key], half(key, key === "jumpMs" ? same : found), most(key, key === "jumpMs" ? same : found)]),
    [`${kills} kills of the only process, ${listeners.length} listeners, songs of ${songMs / 1_000} s; ${found.length - same.length} came as a song ended. Milliseconds.`, "", "| | p50 | worst |", "|---|---|---|"],
    found,
  );
  if (same.length === 0) broken.push("every kill came as a song ended: no position was compared");
  if (Math.max(...same.map((one) => one.jumpMs)) > jumpMostMs) broken.push(`a position jumped by more than ${jumpMostMs} ms`);
  for (const one of broken) console.log(`Missed: ${one}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
