/** The four timestamps of one probe, in milliseconds: client send, server receive, server send, client receive. */
export interface Probe {
  t1: number;
  t2: number;
  t3: number;
  t4: number;
}

interface Sample {
  at: number;
  offset: number;
  delay: number;
}

const windowMs = 180_000;
const samplesMax = 256;
const noiseMs = 0.7;
const driftPriorWeight = 1 / 40e-6 ** 2;
const slackMs = 15;
const farMs = 30;
const judgedFrom = 12;
const suspectsMax = 9;
const unusual = 1.5;
const kept = 0.99;
const proofOfStep = 4;

/** Where a sample says that the offset is, and how far off that may be. */
interface Range {
  offset: number;
  half: number;
}

/**
 * Estimates server time from local monotonic time by weighted least squares over the last 180 s. Queueing only ever adds delay, so a sample leaves open half of what it adds, to either
 * side; and less, where that would be half as much again on one way as was ever seen there: over a line that is full on the way up alone, a sample says well how long it waited there. It counts by
 * (0.7 ms + half of what it leaves open) ^ -2. The drift is held to 0 ± 40 ppm by a ridge prior.
 *
 * A sample that misses the estimate by 15 ms more than it leaves open is set aside, with those after it that could be of either clock. A second one that misses alike means that a clock was
 * stepped, and what came before is dropped; where only the usual queueing says that they miss, it takes four. One that does not miss acquits them. Deterministic; reads no clock.
 */
export class ClockEstimator {
  private samples: Sample[] = [];
  /** Set aside: the first one missed, and none since has said more. */
  private suspects: Sample[] = [];
  private suspicion: Range | null = null;
  private proof = 0;
  private floor = { delay: Infinity, untilMs: -Infinity };
  /** The most queueing that there usually is. */
  private up = Infinity;
  private down = Infinity;
  private meanAt = 0;
  private meanOffset = 0;
  private slope = 0;
  private leastDelay = Infinity;
  private weights = 0;
  private spread = driftPriorWeight;

  /** Takes a probe. True if it made the estimator drop its older history. */
  add({ t1, t2, t3, t4 }: Probe): boolean {
    const sample = { at: (t1 + t4) / 2, offset: (t2 - t1 + t3 - t4) / 2, delay: Math.max(0, t4 - t1 - t3 + t2) };
    const verdict = this.judge(sample);
    this.suspects.push(sample);
    if (verdict === "open") return false;
    const isStep = verdict === "stepped";
    if (isStep) this.forget(sample);
    this.samples = [...this.samples, ...this.suspects].filter((old) => sample.at - old.at <= windowMs).slice(-samplesMax);
    this.suspects = [];
    this.suspicion = null;
    this.fit();
    return isStep;
  }

  /** How many samples the estimate stands on. */
  get count(): number {
    return this.samples.length;
  }

  /** The least round trip in the window: the estimate errs by at most half of it. */
  get leastDelayMs(): number {
    return this.leastDelay;
  }

  /** Whether a sample missed the estimate, and none since has said more: another one soon tells a clock that was stepped from one odd answer. */
  get isSuspect(): boolean {
    return this.suspicion !== null;
  }

  /** The standard error of the estimate at a local time, in milliseconds; what the ways there and back differ by cannot be seen, and is not in it. */
  sigmaAt(localMs: number): number {
    return this.weights > 0 ? Math.sqrt(1 / this.weights + (localMs - this.meanAt) ** 2 / this.spread) : Infinity;
  }

  /** How fast the offset changes, in parts per million. */
  get driftPpm(): number {
    return this.slope * 1e6;
  }

  /** Server time less local time at a local time. */
  offsetAt(localMs: number): number {
    return this.meanOffset + this.slope * (localMs - this.meanAt);
  }

  /** `open`: the sample is set aside. */
  private judge(sample: Sample): "good" | "stepped" | "open" {
    if (this.samples.length < judgedFrom) return "good";
    const miss = this.rangeOf(sample);
    const estimate = this.offsetAt(sample.at);
    miss.offset -= estimate;
    const { suspicion } = this;
    const isAlike = suspicion && areAlike(suspicion, miss);
    // What leaves much open does not acquit what missed by far.
    const isEither = isAlike && Math.abs(suspicion.offset) > suspicion.half + farMs && this.suspects.length < suspectsMax;
    // What was held up less than all before it says how far those may be off, and need not agree with them.
    if (Math.abs(miss.offset) <= miss.half + slackMs + Math.max(0, this.leastDelay - sample.delay) / 2) return isEither ? "open" : "good";
    if (!isAlike) {
      this.suspects = [];
      this.suspicion = miss;
      this.proof = 0;
    }
    this.proof += Math.abs(sample.offset - estimate) > this.halfExcess(sample) + slackMs ? 2 : 1;
    return this.proof < proofOfStep ? "open" : "stepped";
  }

  /** The path is the same as before, however much delay the few samples had that are left. */
  private forget(sample: Sample): void {
    this.samples = [];
    this.floor = { delay: this.leastDelay, untilMs: sample.at + windowMs };
  }

  private fit(): void {
    const floor = this.samples.at(-1)!.at <= this.floor.untilMs ? this.floor.delay : Infinity;
    this.leastDelay = this.samples.reduce((least, sample) => Math.min(least, sample.delay), floor);
    const ranges = this.samples.map((sample) => ({ at: sample.at, ...this.rangeOf(sample) }));
    const base = ranges[0]!;
    const sum = (of: (range: Range & { at: number }) => number): number => ranges.reduce((total, range) => total + (noiseMs + range.half) ** -2 * of(range), 0);
    this.weights = sum(() => 1);
    this.meanAt = base.at + sum((range) => range.at - base.at) / this.weights;
    this.meanOffset = base.offset + sum((range) => range.offset - base.offset) / this.weights;
    this.spread = driftPriorWeight + sum((range) => (range.at - this.meanAt) ** 2);
    this.slope = sum((range) => (range.at - this.meanAt) * (range.offset - this.meanOffset)) / this.spread;
    if (this.samples.length < judgedFrom) return;
    this.up = this.mostQueueing(this.up, 1);
    this.down = this.mostQueueing(this.down, -1);
  }

  /** On one way, seen from the estimate; what was seen before the window is forgotten slowly. */
  private mostQueueing(before: number, sign: number): number {
    const least = before < Infinity ? before * kept : 0;
    return this.samples.reduce((most, sample) => Math.max(most, unusual * (this.halfExcess(sample) + sign * (sample.offset - this.offsetAt(sample.at)))), least);
  }

  private rangeOf(sample: Sample): Range {
    const half = this.halfExcess(sample);
    const from = Math.max(-half, half - this.up);
    const to = Math.min(half, this.down - half);
    // More than is usual on both ways: then that is no measure.
    return from > to ? { offset: sample.offset, half } : { offset: sample.offset + (from + to) / 2, half: (to - from) / 2 };
  }

  /** Queueing shifts a sample by half of what it adds to the delay, at most. */
  private halfExcess(sample: Sample): number {
    return Math.max(0, sample.delay - this.leastDelay) / 2;
  }
}

/** Whether both can be of one step. */
function areAlike(a: Range, b: Range): boolean {
  return Math.abs(a.offset - b.offset) <= a.half + b.half + 2 * slackMs;
}
