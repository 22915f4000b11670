import { tooMany } from "./clientRefusals.js";

const waitingMax = 1_000;

/** Runs one thing after the other, in the order in which they came, whatever becomes of each. Refuses what comes when 1,000 wait. */
export class Sequence {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  /** Whether what waits comes later than it was asked for, since there was no connection: until nothing waits any more. */
  isLate = false;

  async run<T>(action: () => Promise<T>): Promise<T> {
    if (this.waiting >= waitingMax) throw tooMany();
    this.waiting++;
    const outcome = this.last.then(action);
    const over = (): void => {
      if (--this.waiting === 0) this.isLate = false;
    };
    this.last = outcome.then(over, over);
    return outcome;
  }
}
