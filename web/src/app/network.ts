import { useEffect, useState } from "preact/hooks";

const firstWaitMs = 1_000;
const waitMaxMs = 30_000;

/** Tries until it succeeds: again after growing waits, and at once when the network is back. The answer ends it; what has failed is told each time. */
export function untilDone(attempt: () => Promise<unknown>, onFailed: (error: unknown) => void = () => undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let tries = 0;
  let isOver = false;
  const fail = (which: number, error: unknown): void => {
    // What began in another network may be long in failing, and says nothing of this one.
    if (isOver || which !== tries) return;
    onFailed(error);
    timer = setTimeout(run, waitMs);
    waitMs = Math.min(waitMs * 2, waitMaxMs);
  };
  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
    removeEventListener("online", run);
  };
  const run = (): void => {
    const which = ++tries;
    clearTimeout(timer);
    attempt().then(end, (error: unknown) => fail(which, error));
  };
  addEventListener("online", run);
  run();
  return end;
}

/** Whether this device has a network at all, as far as its browser knows. */
export function useOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setIsOnline(navigator.onLine);
    const over = new AbortController();
    addEventListener("online", look, over);
    addEventListener("offline", look, over);
    look();
    return () => over.abort();
  }, []);
  return isOnline;
}
