const jumpMs = 2_000;

/** Notices that the machine slept: its clock of the day went on, and the one that only ticks did not. What is then known of the room's clock is worth nothing. */
export class SleepWatch {
  private readonly aheadMs = (): number => Date.now() - performance.now();
  private lastAheadMs = this.aheadMs();

  constructor(private readonly slept: () => void) {}

  look(): void {
    const ahead = this.aheadMs();
    if (Math.abs(ahead - this.lastAheadMs) > jumpMs) this.slept();
    this.lastAheadMs = ahead;
  }
}
