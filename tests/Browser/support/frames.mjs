import { within } from "./within.mjs";

const framesOfStep = 2;
const framesMostMs = 30_000;

/**
 * What each of some steps costs the page a frame until it has shown what came of it, in the two frames that follow, in milliseconds of its main thread's own time: how long the machine
 * lets it wait does not count.
 */
export async function costsOf(page, steps) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => (await cdp.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
  const shown = () => within(framesMostMs, "two frames of the page", page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))));
  const costs = [];
  for (const step of steps) {
    await shown();
    const before = await spent();
    await step();
    await shown();
    costs.push(((await spent()) - before) / framesOfStep);
  }
  await cdp.detach();
  return costs;
}

/** What nine of ten do not exceed: one may meet a collection of garbage, or a machine that is busy with something else. */
export function nineOfTen(costs) {
  return costs.toSorted((one, other) => one - other)[Math.ceil(costs.length * 0.9) - 1];
}
