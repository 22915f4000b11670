import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockEstimator, ProbeSchedule } from "../src/index.js";

/** A link with a fixed one-way time, and a queueing delay drawn from a seeded generator. */
class Link {
  private seed = 12345;

  constructor(
    private readonly offsetMs: (localMs: number) => number,
    private readonly oneWayMs = 10,
    private readonly jitterMs = 0,
  ) {}

  probe(t1: number): { t1: number; t2: number; t3: number; t4: number } {
    const arrive = t1 + this.oneWayMs + this.queueing();
    const leave = arrive + 0.2;
    const t4 = leave + this.oneWayMs + this.queueing();
    return { t1, t2: arrive + this.offsetMs(arrive), t3: leave + this.offsetMs(leave), t4 };
  }

  private queueing(): number {
    this.seed = (Math.imul(this.seed, 1103515245) + 12345) & 0x7fffffff;
    return -Math.log(1 - this.seed / 0x80000000) * this.jitterMs;
  }
}

function run(link: Link, fromMs: number, toMs: number, estimator = new ClockEstimator()): ClockEstimator {
  const schedule = new ProbeSchedule();
  for (let at = fromMs; at < toMs; at += schedule.next(at - fromMs, 0.5)) estimator.add(link.probe(at));
  return estimator;
}

const threeHours = 3 * 3600_000;

test("without jitter the offset is exact, from the first probe on", () => {
  const estimator = new ClockEstimator();
  estimator.add(new Link(() => threeHours).probe(0));
  assert.ok(Math.abs(estimator.offsetAt(50) - threeHours) < 1e-6);
});

test("a drift of 25 ppm is found and followed", () => {
  const drifting = (local: number): number => threeHours + local * 25e-6;
  const estimator = run(new Link(drifting), 0, 180_000);
  assert.ok(Math.abs(estimator.driftPpm - 25) < 1, `${estimator.driftPpm} ppm`);
  assert.ok(Math.abs(estimator.offsetAt(180_000) - drifting(180_000)) < 0.1);
});

test("two probes close together do not make a wild drift", () => {
  const link = new Link(() => 0, 10, 5);
  const estimator = new ClockEstimator();
  estimator.add(link.probe(0));
  estimator.add(link.probe(60));
  assert.ok(Math.abs(estimator.driftPpm) < 40);
});

test("under jitter of 5 ms each way the error stays under 2.5 ms after 20 s", () => {
  const link = new Link(() => threeHours, 20, 5);
  const estimator = run(link, 0, 20_000);
  for (let at = 20_000; at < 600_000; at += 5_000) {
    estimator.add(link.probe(at));
    assert.ok(Math.abs(estimator.offsetAt(at) - threeHours) < 2.5, `${estimator.offsetAt(at) - threeHours} ms at ${at}`);
  }
});

test("a step of 250 ms is taken over within three probes", () => {
  const link = new Link((local) => (local > 100_000 ? 250 : 0), 20, 5);
  const estimator = run(link, 0, 100_000);
  const resets = [1, 2, 3].map((i) => estimator.add(link.probe(100_000 + i * 5_000)));
  assert.equal(resets.filter(Boolean).length, 1);
  assert.ok(Math.abs(estimator.offsetAt(115_000) - 250) < 15);
});

test("one late probe is no step", () => {
  const link = new Link(() => 0, 10);
  const estimator = run(link, 0, 20_000);
  const late = { t1: 21_000, t2: 21_300, t3: 21_300, t4: 21_310 };
  assert.equal(estimator.add(late), false);
  assert.ok(Math.abs(estimator.offsetAt(22_000)) < 0.5);
});

test("where all of the burst was held up, the first probe that was not is believed at once", () => {
  const estimator = new ClockEstimator();
  // A page that is busy as it opens: all answers wait until it has time for them.
  for (let at = 0; at < 12 * 60; at += 60) estimator.add({ t1: at, t2: at + 10, t3: at + 10, t4: 1_400 + at / 60 });
  assert.ok(Math.abs(estimator.offsetAt(1_500)) > 250);
  const isReset = estimator.add(new Link(() => 0).probe(2_000));
  assert.equal(isReset, false);
  assert.ok(Math.abs(estimator.offsetAt(2_100)) < 5, `${estimator.offsetAt(2_100)} ms`);
});

test("estimated server time does not step back by more than 1 ms without a reset", () => {
  const link = new Link((local) => threeHours + local * 30e-6, 15, 5);
  const estimator = run(link, 0, 20_000);
  for (let at = 20_000; at < 300_000; at += 5_000) {
    const before = at + 50 + estimator.offsetAt(at + 50);
    const isReset = estimator.add(link.probe(at));
    assert.ok(isReset || at + 50 + estimator.offsetAt(at + 50) > before - 1);
  }
});

test("probes come in a burst, then each second, then every 5 s with jitter", () => {
  const schedule = new ProbeSchedule();
  const waits = Array.from({ length: 12 }, (_, i) => schedule.next(60 * i, 0));
  assert.deepEqual(new Set(waits), new Set([60]));
  assert.equal(schedule.next(720, 0), 1_000);
  assert.equal(schedule.next(20_000, 0), 4_500);
  assert.equal(schedule.next(20_000, 0.5), 5_000);
});
