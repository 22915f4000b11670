import { tooMany } from "./clientRefusals.js";

const waitingMax = 1_000;

/** Runs one thing after the other, in the order in which they came, whatever becomes of each. Refuses what comes when 1,000 wait. */
export class Sequence {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  async run<T>(action: () => Promise<T>): Promise<T> {
    if (this.waiting >= waitingMax) throw tooMany();
    this.waiting++;
    const outcome = this.last.then(action, action);
    this.last = outcome.then(
      () => this.waiting--,
      () => this.waiting--,
    );
    return outcome;
  }
}
