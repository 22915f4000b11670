const baseMs = 500;
const capMs = 20_000;

/** How long to wait before an attempt to reconnect: anywhere up to 0.5 s, doubling to 20 s, without end, so that a crowd comes back spread out. */
export function backoffMs(attempt: number, random: number): number {
  return random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16));
}
