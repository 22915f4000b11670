const baseMs = 500;
const capMs = 10_000;

/**
 * How long to wait before the next attempt to connect: anywhere up to 0.5 s, doubling to 10 s, without end, so that a crowd comes back spread out. Counted from
 * the start of the last attempt: one that hung for as long has waited already.
 * @param attempt how many attempts failed before
 * @param spentMs how long the last attempt took
 * @param random a number in [0, 1)
 */
export function backoffMs(attempt: number, spentMs: number, random: number): number {
  const intervalMs = random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16));
  return Math.max(intervalMs - spentMs, random * baseMs);
}

/** Half to one and a half times what the server asked for, so that those whom it told the same do not come at once. */
export function spreadMs(askedMs: number, random: number): number {
  return askedMs * (0.5 + random);
}
