const burstCount = 12;
const burstIntervalMs = 60;
const settlingMs = 20_000;
const settlingIntervalMs = 1_000;
const steadyIntervalMs = 5_000;
const steadyJitterMs = 500;
const confirmMs = [250, 1_000, 2_000] as const;
const confirmsApartMs = 20_000;
const afterStepCount = 6;
const afterStepMs = 10_000;
const stepsApartMs = 60_000;

/**
 * When a connection is probed: 12 times at 60 ms, then once a second until 20 s, then every 5 s ± 0.5 s; sooner where an answer missed the estimate, since it takes two or more to know
 * that a clock was stepped, three times at once, and three times a minute. After a step six more come fast, and then one a second for 10 s; once a minute.
 */
export class ProbeSchedule {
  private sent = 0;
  private confirms = 0;
  private confirmedMs = 0;
  private settledMs = settlingMs;
  private stepMs = -Infinity;

  /**
   * How long to wait for the next probe, before any of it is known.
   * @param elapsedMs how long ago the connection opened
   * @param random a number in [0, 1)
   */
  next(elapsedMs: number, random: number): number {
    if (this.sent++ < burstCount) return burstIntervalMs;
    return elapsedMs < this.settledMs ? settlingIntervalMs : steadyIntervalMs + (random * 2 - 1) * steadyJitterMs;
  }

  /** How long after an answer to probe again; null: when it is due. */
  afterAnswer(isStep: boolean, isSuspect: boolean, elapsedMs: number): number | null {
    if (isStep) return this.afterStep(elapsedMs);
    if (!isSuspect) this.confirms = 0;
    return isSuspect && elapsedMs >= this.settledMs ? this.afterMiss(elapsedMs) : null;
  }

  private afterMiss(elapsedMs: number): number | null {
    const usedMs = Math.max(this.confirmedMs, elapsedMs);
    if (usedMs > elapsedMs + confirmsApartMs * (confirmMs.length - 1)) return null;
    this.confirmedMs = usedMs + confirmsApartMs;
    return confirmMs[Math.min(this.confirms++, confirmMs.length - 1)]!;
  }

  /** What is known since the step are two samples. */
  private afterStep(elapsedMs: number): number | null {
    this.confirms = 0;
    // Whatever a clock does, that is no reason to ask ever more.
    if (elapsedMs - this.stepMs < stepsApartMs) return null;
    this.stepMs = elapsedMs;
    this.settledMs = Math.max(this.settledMs, elapsedMs + afterStepMs);
    this.sent = Math.min(this.sent, burstCount - afterStepCount);
    return burstIntervalMs;
  }
}
