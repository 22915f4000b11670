// Level 0: how far apart the devices of a room are, by what estimates their clocks, over the same seeded links in virtual time: see docs/benchmarks.md. Ends with 1 if this client misses a goal.
import { parseArgs } from "node:util";
import { DeviceClock, Link, profiles, randomOf, runOver } from "../../clients/typescript/dist/test/links.js";
import { estimators } from "./estimators.mjs";
import { Histogram } from "./Histogram.mjs";
import { ms, write } from "./report.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, seeds: { type: "string", default: "200" }, clients: { type: "string", default: "100" } } });
const seeds = options.quick ? 5 : Number(options.seeds);
const clients = options.quick ? 20 : Number(options.clients);

const minuteMs = 60_000;
const lengthMs = 10 * minuteMs;
const stepAtMs = 2 * minuteMs;
const stepByMs = 250;
const range = (fromMs, toMs, everyMs) => Array.from({ length: Math.floor((toMs - fromMs) / everyMs) + 1 }, (_, i) => fromMs + i * everyMs);
const early = range(500, 10_000, 500);
const steady = range(minuteMs, lengthMs, 15_000);
const afterStep = [10_000, 15_000, 60_000].map((ms) => stepAtMs + ms);
const inSyncMs = 25;

/** At most, in milliseconds: 99 of 100 pairs, net of asymmetry, and 99 of 100 devices 10 s after a step. */
const goals = { LAN: 0.5, WAN: 2.5, "4G": 10, BAD: 8 };
const goalAfterStepMs = 25;
const goalPerMinute = 15;

const rows = [];
for (const profile of Object.keys(profiles)) {
  for (const [name, Estimator] of Object.entries(estimators)) {
    const row = { profile, name, ...skews(profile, Estimator), ...step(profile, Estimator) };
    rows.push(row);
    console.error(`${profile}, ${name}: ${row.p99.toFixed(2)} ms`);
  }
}

const missed = rows.filter(({ name }) => name === "this client").flatMap(({ profile, p99, perMinute, after10p99 }) => [
  ...(p99 > goals[profile] ? [`${profile}: ${p99} ms between devices`] : []),
  ...(perMinute > goalPerMinute ? [`${profile}: ${perMinute} probes a minute`] : []),
  ...(after10p99 > goalAfterStepMs ? [`${profile}: ${after10p99} ms off 10 s after a step`] : []),
]);
table();
for (const one of missed) console.log(`Missed: ${one}`);
process.exitCode = missed.length > 0 ? 1 : 0;

/** Rooms of devices that connect at once: how far apart any two of them are. */
function skews(profile, Estimator) {
  const all = new Histogram();
  const gross = new Histogram();
  const floor = new Histogram();
  const atStart = early.map(() => new Histogram());
  let probes = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const samples = [...early, ...steady];
    const errors = samples.map(() => new Float64Array(clients));
    const asymmetries = new Float64Array(clients);
    for (let client = 0; client < clients; client++) {
      const random = randomOf(seed * 100_000 + client);
      const link = new Link(profile, random);
      asymmetries[client] = link.asymmetryMs;
      probes += runOver(link, new Estimator(), random, lengthMs, samples, (error, i) => (errors[i][client] = error));
    }
    errors.forEach((these, i) => (i < early.length ? atStart[i] : all).addPairs(these));
    for (const these of errors.slice(early.length)) gross.addPairs(these.map((error, client) => error + asymmetries[client]));
    floor.addPairs(asymmetries);
  }
  const out = atStart.findLastIndex((pairs) => !(pairs.percentile(0.99) <= inSyncMs));
  return {
    p50: all.percentile(0.5),
    p99: all.percentile(0.99),
    grossP99: gross.percentile(0.99),
    floorP99: floor.percentile(0.99),
    at1500: atStart[early.indexOf(1_500)].percentile(0.99),
    inSyncMs: out + 1 < early.length ? early[out + 1] : null,
    perMinute: probes / seeds / clients / (lengthMs / minuteMs),
  };
}

/** Devices whose clock is stepped: how far off they are some time after. */
function step(profile, Estimator) {
  const found = afterStep.map(() => new Histogram());
  for (let device = 0; device < seeds * 10; device++) {
    const random = randomOf(50_000_000 + device);
    const clock = new DeviceClock(random);
    clock.step(stepAtMs, device % 2 === 0 ? stepByMs : -stepByMs);
    runOver(new Link(profile, random, clock), new Estimator(), random, afterStep.at(-1) + 1, afterStep, (error, i) => found[i].add(Math.abs(error)));
  }
  const [after10, after15, after60] = found.map((errors) => errors.percentile(0.95));
  return { after10, after15, after60, after10p99: found[0].percentile(0.99) };
}

function table() {
  const floors = Object.keys(profiles).map((profile) => `${ms(rows.find((row) => row.profile === profile).floorP99)} ms (${profile})`);
  const lines = rows.map((row) => [
    row.profile,
    row.name,
    row.perMinute.toFixed(1),
    ...[row.p50, row.p99, row.grossP99, row.at1500].map(ms),
    row.inSyncMs === null ? "never" : (row.inSyncMs / 1_000).toFixed(1),
    ...[row.after10, row.after10p99, row.after60].map(ms),
  ]);
  write(
    "sync",
    lines,
    [
      `${seeds} rooms of ${clients} devices for 10 minutes; milliseconds between any two of them from the first minute on, net of asymmetry where nothing else is said. What the ways there and back differ by puts two devices apart, whatever anybody does, at p99 by ${floors.join(", ")}.`,
      "",
      "| Path | Estimator | Probes a minute | p50 | p99 | p99 with asymmetry | p99 after 1.5 s | In sync (p99 ≤ 25 ms) after, s | 10 s after a step of 250 ms: p95 | p99 | 60 s after: p95 |",
      "|---|---|---|---|---|---|---|---|---|---|---|",
    ],
    { seeds, clients, rows },
  );
}
