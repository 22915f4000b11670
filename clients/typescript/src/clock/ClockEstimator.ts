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
const resetSlackMs = 15;
const resetAfter = 2;

/**
 * Estimates server time from local monotonic time by weighted least squares over the last 180 s. Queueing only ever adds delay, so a sample counts by how
 * little delay it had: (0.7 ms + excess / 2) ^ -2. The drift is held to 0 ± 40 ppm by a ridge prior. Two successive samples that miss the estimate by
 * more than their excess / 2 + 15 ms mean that a clock was stepped: what came before them is dropped. Deterministic; reads no clock.
 */
export class ClockEstimator {
  private samples: Sample[] = [];
  private misses = 0;
  private meanAt = 0;
  private meanOffset = 0;
  private slope = 0;
  private leastDelay = Infinity;

  /** Takes a probe. True if it made the estimator drop its older history. */
  add(probe: Probe): boolean {
    const sample: Sample = {
      at: (probe.t1 + probe.t4) / 2,
      offset: (probe.t2 - probe.t1 + (probe.t3 - probe.t4)) / 2,
      delay: Math.max(0, probe.t4 - probe.t1 - (probe.t3 - probe.t2)),
    };
    this.misses = this.isMiss(sample) ? this.misses + 1 : 0;
    const isReset = this.misses >= resetAfter;
    this.samples = isReset ? this.samples.slice(1 - resetAfter) : this.samples.filter((old) => sample.at - old.at <= windowMs).slice(1 - samplesMax);
    this.samples.push(sample);
    if (isReset) this.misses = 0;
    this.fit();
    return isReset;
  }

  /** How many samples the estimate stands on. */
  get count(): number {
    return this.samples.length;
  }

  /** The least round trip in the window: the estimate errs by at most half of it. */
  get leastDelayMs(): number {
    return this.leastDelay;
  }

  /** How fast the offset changes, in parts per million. */
  get driftPpm(): number {
    return this.slope * 1e6;
  }

  /** Server time less local time at a local time. */
  offsetAt(localMs: number): number {
    return this.meanOffset + this.slope * (localMs - this.meanAt);
  }

  private isMiss(sample: Sample): boolean {
    if (this.samples.length === 0) return false;
    const excess = Math.max(0, sample.delay - this.leastDelay);
    return Math.abs(sample.offset - this.offsetAt(sample.at)) > excess / 2 + resetSlackMs;
  }

  private fit(): void {
    this.leastDelay = this.samples.reduce((least, sample) => Math.min(least, sample.delay), Infinity);
    const base = this.samples[0]!;
    let weights = 0;
    let atSum = 0;
    let offsetSum = 0;
    for (const sample of this.samples) {
      const weight = this.weightOf(sample);
      weights += weight;
      atSum += weight * (sample.at - base.at);
      offsetSum += weight * (sample.offset - base.offset);
    }
    this.meanAt = base.at + atSum / weights;
    this.meanOffset = base.offset + offsetSum / weights;
    let covariance = 0;
    let variance = driftPriorWeight;
    for (const sample of this.samples) {
      const weight = this.weightOf(sample);
      covariance += weight * (sample.at - this.meanAt) * (sample.offset - this.meanOffset);
      variance += weight * (sample.at - this.meanAt) ** 2;
    }
    this.slope = covariance / variance;
  }

  private weightOf(sample: Sample): number {
    return (noiseMs + (sample.delay - this.leastDelay) / 2) ** -2;
  }
}
