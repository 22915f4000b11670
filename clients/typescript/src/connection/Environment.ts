/** What the client takes from its surroundings, so that tests can replace it. */
export interface Environment {
  /** Monotonic time in milliseconds. */
  nowMs(): number;
  /** Calls back once after a time; the answer cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** A number in [0, 1). */
  random(): number;
  /** A new unique id of at most 64 characters. */
  newId(): string;
}

/** The real surroundings, in a browser and in Node. */
export const realEnvironment: Environment = {
  nowMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  // Not randomUUID, which browsers have on secure origins only.
  newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
};
