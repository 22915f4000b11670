/** Calls somebody after a time, also in a tab that nobody sees: there a page's own timers go off once a second, and after some minutes of silence once a minute. */
export class Alarm {
  private readonly waiting = new Map<number, { callback: () => void; atMs: number }>();
  private worker = newWorker();
  private lastId = 0;

  constructor() {
    this.worker?.addEventListener("message", ({ data }: MessageEvent<number>) => this.ring(data));
    this.worker?.addEventListener("error", () => this.doWithout());
  }

  /** The answer calls it off. */
  after(ms: number, callback: () => void): () => void {
    const id = ++this.lastId;
    this.waiting.set(id, { callback, atMs: performance.now() + ms });
    this.set(id, ms);
    return () => void (this.waiting.delete(id) && this.worker?.postMessage([id]));
  }

  private set(id: number, ms: number): void {
    if (this.worker) this.worker.postMessage([id, ms]);
    else setTimeout(() => this.ring(id), ms);
  }

  private ring(id: number): void {
    const due = this.waiting.get(id);
    this.waiting.delete(id);
    due?.callback();
  }

  /** The worker could not be loaded: the page's own timers have to do. */
  private doWithout(): void {
    this.worker = null;
    for (const [id, { atMs }] of this.waiting) this.set(id, atMs - performance.now());
  }
}

/** Null where browsers, or an app around the page, allow none. */
function newWorker(): Worker | null {
  try {
    return new Worker(new URL("./alarm.worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

/** The page's one. */
export const alarm = new Alarm();
