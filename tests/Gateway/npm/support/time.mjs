const probes = 8;
/** On a machine that is busy, all of the first may have been held up. */
const probesMax = 100;
const quickMs = 20;

/** The room's clock from a few probes: takes local monotonic time, answers room time. The probe with the least delay counts. */
export async function clockOf(client) {
  let best = { delay: Infinity, offset: 0 };
  for (let i = 0; i < probes || (best.delay > quickMs && i < probesMax); i++) {
    const t1 = performance.now();
    const { t2Us, t3Us } = await client.ask("Time", { t1Us: Math.round(t1 * 1000) });
    const t4 = performance.now();
    const delay = t4 - t1 - (t3Us - t2Us) / 1000;
    if (delay < best.delay) best = { delay, offset: (t2Us / 1000 - t1 + (t3Us / 1000 - t4)) / 2 };
  }
  return (localMs) => localMs + best.offset;
}

/** The position of a vector at a room time, as docs/protocol.md defines it. */
export function positionAt(vector, timeMs) {
  const isMoving = vector.status === "playing" && timeMs >= vector.anchorTimeMs;
  const moved = isMoving ? ((timeMs - vector.anchorTimeMs) * vector.ratePermille) / 1000 : 0;
  return Math.min(Math.max(vector.anchorPositionMs + moved, 0), vector.durationMs);
}
