const firstMs = 1_000;
const mostMs = 15_000;

/** How long to wait before another attempt: later and later, and not everybody at one time, since a host that is back has many waiting for it. */
export function retryMs(attempts: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.max(0, attempts - 1)) * (0.5 + Math.random() / 2);
}
