const takenMax = 5;
const mostMs = 500;

/** How much earlier than it is to be heard a player is told to go: the middle of what the last few took, so that one during which the machine was busy with something else counts for nothing. */
export class Lead {
  private readonly taken: number[] = [];

  /** @param usualMs until one is known */
  constructor(private readonly usualMs: () => number) {}

  get ms(): number {
    const sorted = this.taken.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    if (sorted.length === 0) return this.usualMs();
    return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }

  learn(tookMs: number): void {
    this.taken.push(Math.min(mostMs, Math.max(0, tookMs)));
    if (this.taken.length > takenMax) this.taken.shift();
  }
}
