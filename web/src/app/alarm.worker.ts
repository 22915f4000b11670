/** Timers of a worker: browsers hold up those of pages that nobody sees, and not these. Takes `[id, ms]`, and answers the id when it is time; without ms it is called off. */
const timers = new Map<number, number>();

addEventListener("message", ({ data: [id, ms] }: MessageEvent<[id: number, ms?: number]>) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (ms === undefined) return;
  timers.set(
    id,
    self.setTimeout(() => {
      timers.delete(id);
      postMessage(id);
    }, ms),
  );
});
