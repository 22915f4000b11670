import { ClockEstimator, type Probe } from "./ClockEstimator.js";

/** The room's clock as this client knows it: local monotonic time plus the estimated offset. */
export class ServerClock {
  private readonly estimator = new ClockEstimator();

  /** @param localNowMs a monotonic clock, such as `performance.now` */
  constructor(private readonly localNowMs: () => number) {}

  /** Whether one probe at least was answered. */
  get isSet(): boolean {
    return this.estimator.count > 0;
  }

  /** Room time now, in Unix milliseconds with a fraction; NaN until the clock is set. */
  nowMs(): number {
    const local = this.localNowMs();
    return this.isSet ? local + this.estimator.offsetAt(local) : NaN;
  }

  /** Takes an answered probe. True if a step of a clock was found, so positions should be computed anew. */
  add(probe: Probe): boolean {
    return this.estimator.add(probe);
  }

  /** What the estimate stands on, for a status page. */
  get quality(): { samples: number; leastDelayMs: number; driftPpm: number } {
    return { samples: this.estimator.count, leastDelayMs: this.estimator.leastDelayMs, driftPpm: this.estimator.driftPpm };
  }
}
