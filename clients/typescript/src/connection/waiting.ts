import { unanswered } from "./clientRefusals.js";
import type { Environment } from "./Environment.js";

/** What a promise comes to, or the refusal `TIMEOUT`, unless said otherwise, when its time is up. What it comes to later goes unheard. */
export async function within<T>(environment: Environment, ms: number, promise: Promise<T>, late: () => unknown = unanswered): Promise<T> {
  let cancel!: () => void;
  const timeout = new Promise<never>((_, reject) => (cancel = environment.after(ms, () => reject(late()))));
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once a signal is aborted, at once if it is; the answer takes it back. However many wait for a signal, it has one listener: Node takes more than ten
 * for a leak.
 */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = waiting.get(signal) ?? listenTo(signal);
  const own = (): void => callback();
  callbacks.add(own);
  return () => callbacks.delete(own);
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  signal.addEventListener("abort", () => [...callbacks].forEach((callback) => callback()), { once: true });
  return callbacks;
}

/** What a promise comes to, or the signal's reason once that is aborted. What it comes to later goes unheard. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let forget!: () => void;
  const aborted = new Promise<never>((_, reject) => (forget = whenAborted(signal, () => reject(signal.reason))));
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    forget();
  }
}

/** Resolves after a time. Rejects with the signal's reason once that is aborted; no timer is left then. */
export async function pause(environment: Environment, ms: number, signal: AbortSignal): Promise<void> {
  let cancel: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (cancel = environment.after(ms, resolve)));
  try {
    await unlessAborted(signal, over);
  } finally {
    cancel();
  }
}
