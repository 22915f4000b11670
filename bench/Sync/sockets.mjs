// Level 2: the client library over real sockets to a real server, through proxies that delay as seeded links do, on devices whose clocks are wrong. See docs/benchmarks.md.
import { parseArgs } from "node:util";
import { startServer } from "../../tests/Gateway/npm/support/server.mjs";
import { fetchToken } from "../../tests/Gateway/npm/support/tokens.mjs";
import { openProxies, pathOf } from "./DelayProxy.mjs";
import { estimators } from "./estimators.mjs";
import { randomOf } from "../../clients/typescript/dist/test/links.js";
import { atOneMoment, Listener } from "./Listener.mjs";
import { write } from "./report.mjs";
import { lookAtAll, Room } from "./Room.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, listeners: { type: "string", default: "50" }, beside: { type: "string", default: "10" }, seconds: { type: "string", default: "180" } } });
const listenersCount = options.quick ? 5 : Number(options.listeners);
const besideCount = options.quick ? 2 : Number(options.beside);
const lengthMs = (options.quick ? 40 : Number(options.seconds)) * 1_000;
const settledMs = lengthMs / 3;
const names = ["LAN", "WAN", "4G", "BAD"];
const others = Object.entries(estimators).filter(([name]) => name !== "this client");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = await startServer();
const lines = [];
let proxies;
try {
  const links = names.flatMap((profile, i) => Array.from({ length: listenersCount }, (_, j) => ({ profile, seed: 1_000 * (i + 1) + j })));
  proxies = await openProxies(server.url, links);
  const rooms = await Promise.all(names.map((profile) => open(profile, links.flatMap((link, i) => (link.profile === profile ? [{ ...link, url: proxies.urls[i] }] : [])))));
  await run(rooms);
  for (const room of rooms) lines.push(...room.rows());
  await Promise.all(rooms.map((room) => room.stop()));
} finally {
  await proxies?.close();
  await server.stop();
}
write("sync-sockets", lines, [
  `${listenersCount} listeners to a path for ${lengthMs / 1_000} s over real sockets, each second from ${Math.round(settledMs / 1_000)} s on; milliseconds between any two of them, net of asymmetry. The others ask over the connections of ${besideCount} of them.`,
  "",
  "| Path | Estimator | Probes a minute | Samples | p50 | p99 | off the server: p99 | 10 s after a step of 250 ms: p50 | p95 | worst |",
  "|---|---|---|---|---|---|---|---|---|---|",
]);

async function open(profile, links) {
  const roomId = `sync-${profile.toLowerCase()}-${Date.now().toString(36)}`;
  const tokenOf = (name) => () => fetchToken(server.url, `${roomId}-${name}`);
  const host = new Listener({ url: server.url, token: tokenOf("host"), seed: 7, asymmetryMs: 0 });
  void host.connection.start();
  await host.connection.createRoom(roomId, { name: `Sync over ${profile}` });
  await host.join(roomId);
  await host.connection.enqueue([{ url: "https://songs.example/1.mp3", title: "A song", artist: "Nobody", durationMs: 3_600_000 }]);
  const listeners = links.map((link) => {
    const { upMs, downMs } = pathOf(link);
    return new Listener({ url: link.url, token: tokenOf(link.seed), seed: link.seed + 500_000, asymmetryMs: (upMs - downMs) / 2 });
  });
  await Promise.all(listeners.map((listener) => listener.join(roomId)));
  for (const listener of listeners.slice(0, besideCount)) for (const [name, Estimator] of others) listener.beside(name, new Estimator());
  return new Room(profile, host, listeners);
}

/** Looks every second, while the hosts do something every now and then; then steps all clocks. */
async function run(rooms) {
  const random = randomOf(1);
  const endsMs = performance.now() + lengthMs;
  const hosts = setInterval(() => rooms.forEach((room) => void room.act(random()).catch((error) => console.error(error.message))), 20_000);
  await pause(settledMs);
  rooms.forEach((room) => room.countProbesFromNow());
  const looks = setInterval(() => lookAtAll(rooms), 1_000);
  await pause(endsMs - performance.now());
  clearInterval(hosts);
  clearInterval(looks);
  rooms.forEach((room) => room.countProbes((lengthMs - settledMs) / 60_000));
  rooms.forEach((room) => room.step(250));
  await pause(10_000);
  atOneMoment(() => rooms.forEach((room) => room.lookAfterStep()));
}
