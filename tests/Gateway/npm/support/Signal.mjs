/** Lets a test await a named event instead of sleeping: conditions are looked at again each time something happened. */
export class Signal {
  #waiting = new Set();

  /** Something happened. */
  raise() {
    for (const look of [...this.#waiting]) look();
  }

  /** Resolves with the first truthy answer of a condition; rejects with its name when the time is up, which is long enough for a machine that is busy. */
  until(what, condition, deadlineMs = 30_000) {
    const now = condition();
    if (now) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle(value);
      };
      const timer = setTimeout(() => done(reject, new Error(`In ${deadlineMs} ms this did not happen: ${what}`)), deadlineMs);
      const look = () => {
        const answer = condition();
        if (answer) done(resolve, answer);
      };
      this.#waiting.add(look);
    });
  }
}
