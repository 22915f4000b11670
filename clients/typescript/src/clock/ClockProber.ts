import type { Environment } from "../connection/Environment.js";
import { RefusalError } from "../protocol/RefusalError.js";
import type { TimeAnswer } from "../protocol/rooms.js";
import { probeDelayMs } from "./probeSchedule.js";
import type { ServerClock } from "./ServerClock.js";

/** Probes the server's clock for as long as a connection lives. */
export class ClockProber {
  private cancel: (() => void) | null = null;
  private sent = 0;
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
    this.sent = 0;
    this.startedAtMs = this.environment.nowMs();
    this.schedule();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private schedule(): void {
    const elapsed = this.environment.nowMs() - this.startedAtMs;
    this.cancel = this.environment.after(probeDelayMs(this.sent++, elapsed, this.environment.random()), () => {
      this.schedule();
      void this.probe();
    });
  }

  private async probe(): Promise<void> {
    const t1Us = Math.round(this.environment.nowMs() * 1000);
    try {
      const { t2Us, t3Us } = await this.ask(t1Us);
      const t4 = this.environment.nowMs();
      if (this.clock.add({ t1: t1Us / 1000, t2: t2Us / 1000, t3: t3Us / 1000, t4 })) this.onReset();
    } catch (error) {
      // Any other refusal is an answer.
      if (error instanceof RefusalError && error.code === "TIMEOUT") this.onSilence();
    }
  }
}
