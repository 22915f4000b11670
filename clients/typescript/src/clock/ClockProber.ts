import type { Environment } from "../connection/Environment.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { TimeAnswer } from "../protocol/rooms.js";
import type { Probe } from "./ClockEstimator.js";
import { ProbeSchedule } from "./probeSchedule.js";
import type { ServerClock } from "./ServerClock.js";

/** Probes the server's clock for as long as a connection lives. */
export class ClockProber {
  private cancel: (() => void) | null = null;
  private schedule = new ProbeSchedule();
  private startedAtMs = 0;

  /**
   * @param ask asks the server for its time
   * @param onSilence called when a probe got no answer in time, on a connection that lives
   */
  constructor(
    private readonly clock: ServerClock,
    private readonly environment: Environment,
    private readonly ask: (t1Us: number) => Promise<TimeAnswer>,
    private readonly onSilence: () => void,
    private readonly onReset: () => void,
  ) {}

  /** Starts, or starts anew, with a burst of probes. */
  start(): void {
    this.stop();
    this.schedule = new ProbeSchedule();
    this.startedAtMs = this.environment.nowMs();
    this.plan();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private get elapsedMs(): number {
    return this.environment.nowMs() - this.startedAtMs;
  }

  private plan(): void {
    this.probeAfter(this.schedule.next(this.elapsedMs, this.environment.random()));
  }

  private probeAfter(ms: number): void {
    this.stop();
    this.cancel = this.environment.after(ms, () => {
      this.plan();
      void this.probe();
    });
  }

  private async probe(): Promise<void> {
    const t1Us = Math.round(this.environment.nowMs() * 1000);
    try {
      const { t2Us, t3Us } = await this.ask(t1Us);
      this.onAnswer({ t1: t1Us / 1000, t2: t2Us / 1000, t3: t3Us / 1000, t4: this.environment.nowMs() });
    } catch (error) {
      // Any other refusal is an answer.
      if (error instanceof RefusalError && error.code === "TIMEOUT") this.onSilence();
    }
  }

  private onAnswer(probe: Probe): void {
    const isStep = this.clock.add(probe);
    const again = this.schedule.afterAnswer(isStep, this.clock.isSuspect, this.elapsedMs);
    if (this.cancel && again !== null) this.probeAfter(again);
    if (isStep) this.onReset();
  }
}
