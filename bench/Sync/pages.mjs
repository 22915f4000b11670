// Level 3: five windows of the real page in Chromium that play a tone, over proxies that delay as seeded links do, on devices whose clocks are wrong; where their sound is, by one clock. See docs/benchmarks.md.
import { parseArgs } from "node:util";
import { launch } from "../../tests/Browser/support/browser.mjs";
import { PlayingPage } from "../../tests/Browser/support/PlayingPage.mjs";
import { startServer } from "../../tests/Gateway/npm/support/server.mjs";
import { fetchToken } from "../../tests/Gateway/npm/support/tokens.mjs";
import { openProxies, pathOf } from "./DelayProxy.mjs";
import { Histogram } from "./Histogram.mjs";
import { Listener } from "./Listener.mjs";
import { ms, write } from "./report.mjs";
import { pageWithTone } from "./tone.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, pages: { type: "string", default: "5" }, seconds: { type: "string", default: "60" } } });
const pagesCount = Number(options.pages);
const lengthMs = (options.quick ? 15 : Number(options.seconds)) * 1_000;
const settleMs = options.quick ? 10_000 : 25_000;
const everyMs = 200;
const pause = (length) => new Promise((resolve) => setTimeout(resolve, length));

const tone = pageWithTone(600);
process.env.WHATSSOUND_PAGE = tone.folder;
const server = await startServer();
const browser = await launch();
const rows = [];
try {
  for (const profile of ["LAN", "WAN", "4G", "BAD"]) rows.push(await measure(profile));
} finally {
  await browser.close();
  await server.stop();
  tone.remove();
}
write("sync-pages", rows, [
  `${pagesCount} windows to a path for ${lengthMs / 1_000} s, looked at every ${everyMs} ms; milliseconds between where any two of them are in the song, net of asymmetry and as heard.`,
  "",
  "| Path | Pairs | p50 | p95 | p99 | with asymmetry: p95 | of a listener from the room: p95 | Clocks compared to within |",
  "|---|---|---|---|---|---|---|---|",
]);

async function measure(profile) {
  const links = Array.from({ length: pagesCount }, (_, i) => ({ profile, seed: 3_000 + i }));
  const proxies = await openProxies(server.url, links);
  const roomId = `pages-${profile.toLowerCase()}-${Date.now().toString(36)}`;
  const host = new Listener({ url: server.url, token: () => fetchToken(server.url, `${roomId}-host`), seed: 7, asymmetryMs: 0 });
  const pages = [];
  try {
    void host.connection.start();
    await host.connection.createRoom(roomId, { name: `Pages over ${profile}` });
    await host.join(roomId);
    await host.connection.enqueue([tone.song]);
    for (const [i, link] of links.entries()) {
      const { upMs, downMs } = pathOf(link);
      pages.push(await PlayingPage.open(browser, { address: `${proxies.urls[i]}/r/${roomId}`, seed: link.seed + 500_000, asymmetryMs: (upMs - downMs) / 2, everyMs }));
    }
    await pause(settleMs);
    await Promise.all(pages.map((page) => page.begin()));
    await pause(lengthMs);
    const room = host.positionMs(host.connection.room.playback) - performance.now();
    return rowOf(profile, pages, await Promise.all(pages.map((page) => page.looks())), room);
  } finally {
    await Promise.all(pages.map((page) => page.close()));
    await host.stop();
    await proxies.close();
  }
}

/** What is looked at within the same moment of all is compared: nobody's sound gets ahead of the clock by more than 1.5 % of that. */
function rowOf(profile, pages, looksOf, roomAheadMs) {
  const [net, gross, off] = [new Histogram(), new Histogram(), new Histogram()];
  const fromMs = Math.max(...looksOf.map((looks) => looks[0].atMs));
  const toMs = Math.min(...looksOf.map((looks) => looks.at(-1).atMs));
  for (let atMs = fromMs; atMs < toMs; atMs += everyMs) {
    const ahead = looksOf.map((looks) => looks.find((look) => look.atMs >= atMs).aheadMs);
    gross.addPairs(ahead);
    const corrected = ahead.map((position, i) => position - pages[i].asymmetryMs);
    net.addPairs(corrected);
    for (const position of corrected) off.add(Math.abs(position - roomAheadMs));
  }
  const sizes = [net.percentile(0.5), net.percentile(0.95), net.percentile(0.99), gross.percentile(0.95), off.percentile(0.95), Math.max(...pages.map((page) => page.clockWithinMs))];
  const row = [profile, net.count, ...sizes.map(ms)];
  console.error(row.join(" "));
  return row;
}
