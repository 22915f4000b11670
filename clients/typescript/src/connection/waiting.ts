import { unanswered } from "./clientRefusals.js";
import type { Environment } from "./Environment.js";

/** What a promise comes to, or the refusal `TIMEOUT` when its time is up. What it comes to later goes unheard. */
export async function within<T>(environment: Environment, ms: number, promise: Promise<T>): Promise<T> {
  let cancel!: () => void;
  const late = new Promise<never>((_, reject) => (cancel = environment.after(ms, () => reject(unanswered()))));
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}

/** What a promise comes to, or the signal's reason once that is aborted. What it comes to later goes unheard. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
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
