/** Runs one thing after the other, in the order in which they came, whatever becomes of each. */
export class Sequence {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(action: () => Promise<T>): Promise<T> {
    const outcome = this.last.then(action, action);
    this.last = outcome.catch(() => undefined);
    return outcome;
  }
}
