import { ClockEstimator, type Probe } from "./ClockEstimator.js";

export interface ClockQuality {
  samples: number;
  errorMs: number;
  leastDelayMs: number;
  driftPpm: number;
}

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

  /** Whether the last probe leaves open if a clock was stepped. */
  get isSuspect(): boolean {
    return this.estimator.isSuspect;
  }

  /**
   * How good the estimate is, for a status page. `errorMs` is its standard error; besides, it may be off by up to half of `leastDelayMs` where the ways there and back differ,
   * which nobody can see.
   */
  get quality(): ClockQuality {
    const { estimator } = this;
    return { samples: estimator.count, errorMs: estimator.sigmaAt(this.localNowMs()), leastDelayMs: estimator.leastDelayMs, driftPpm: estimator.driftPpm };
  }
}
