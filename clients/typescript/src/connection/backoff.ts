const baseMs = 500;
const capMs = 10_000;
const failuresMax = 5;

/**
 * How long to wait before the next attempt to connect: anywhere up to 0.5 s, doubling to 10 s, without end, so that a crowd comes back spread out. Counted from
 * the start of the last attempt: one that hung for as long has waited already.
 * @param failures how many attempts failed before, as `failuresAfter` counts them
 * @param spentMs how long the last attempt took
 * @param random a number in [0, 1)
 */
export function backoffMs(failures: number, spentMs: number, random: number): number {
  const intervalMs = random * Math.min(capMs, baseMs * 2 ** failures);
  return Math.max(intervalMs - spentMs, random * baseMs);
}

/**
 * How many failures still count after a connection: each second for which it was live forgets one. So a network that comes and goes every few seconds keeps nobody away for
 * long, and a server that ends each connection as soon as it is made is left alone more and more.
 */
export function failuresAfter(failures: number, liveMs: number): number {
  return Math.max(0, Math.min(failures, failuresMax) - liveMs / 1_000);
}

/** Half to one and a half times what the server asked for, so that those whom it told the same do not come at once. */
export function spreadMs(askedMs: number, random: number): number {
  return askedMs * (0.5 + random);
}
