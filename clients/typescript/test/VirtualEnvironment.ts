import type { Environment } from "../src/connection/Environment.js";

/** Time that moves only when told to. */
export class VirtualEnvironment implements Environment {
  private timers: { at: number; order: number; callback: () => void }[] = [];
  private order = 0;
  private ids = 0;
  private now = 1_000;

  /** What the random numbers are. */
  chance = 0.5;

  /** How many timers wait. */
  get pending(): number {
    return this.timers.length;
  }

  nowMs(): number {
    return this.now;
  }

  random(): number {
    return this.chance;
  }

  newId(): string {
    return `id-${++this.ids}`;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.now + ms, order: this.order++, callback };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** Runs everything that is due within a time, and what follows from it. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (;;) {
      this.timers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.timers[0];
      if (!next || next.at > end) break;
      this.timers.shift();
      this.now = Math.max(this.now, next.at);
      next.callback();
      await settle();
    }
    this.now = end;
  }
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
