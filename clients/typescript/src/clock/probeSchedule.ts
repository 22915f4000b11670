const burstCount = 12;
const burstIntervalMs = 60;
const settlingMs = 20_000;
const settlingIntervalMs = 1_000;
const steadyIntervalMs = 5_000;
const steadyJitterMs = 500;

/**
 * How long to wait for the next probe: 12 at 60 ms, then one a second until 20 s, then one every 5 s ± 0.5 s.
 * @param sent how many probes were sent since the connection opened
 * @param elapsedMs how long ago it opened
 * @param random a number in [0, 1)
 */
export function probeDelayMs(sent: number, elapsedMs: number, random: number): number {
  if (sent < burstCount) return burstIntervalMs;
  if (elapsedMs < settlingMs) return settlingIntervalMs;
  return steadyIntervalMs + (random * 2 - 1) * steadyJitterMs;
}
