import { Problem } from "../ui/problems";

/** What the page posts to the app around it when it needs a token, now and before each one runs out. */
const wanted = { type: "whatssound:token-wanted" };

/** What the app posts back. */
const handedType = "whatssound:token";

/** Less than the connection waits for a token, so that the person is told why there is none. */
const patienceMs = 8_000;

/** Whether an app may be around this page. */
export const isFramed = (): boolean => window.parent !== window;

/**
 * A token from the app whose page has this one in a frame. Only the page around, and only if it is of one of the origins that the server names, is asked and
 * heard: another site that frames the page can neither give it an identity nor learn of one.
 */
export function appToken(origins: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (event.source !== window.parent || !origins.includes(event.origin)) return;
      const token = tokenOf(event.data);
      if (token === null) return;
      stop();
      resolve(token);
    };
    const giveUp = (): void => {
      stop();
      reject(new Problem((_, more) => more.entrance.appSilent, "The app has handed over no token."));
    };
    const timer = setTimeout(giveUp, patienceMs);
    const stop = (): void => {
      clearTimeout(timer);
      removeEventListener("message", onMessage);
      signal.removeEventListener("abort", giveUp);
    };
    addEventListener("message", onMessage);
    signal.addEventListener("abort", giveUp);
    for (const origin of origins) window.parent.postMessage(wanted, origin);
  });
}

/** Tells the app around what becomes of its user here: `{ type: "whatssound:joined", roomId, userId }`, and `ended` and `error` with a `code` and a `message`. */
export function tellApp(origins: readonly string[], event: string, detail: object): void {
  if (!isFramed()) return;
  for (const origin of origins) window.parent.postMessage({ ...detail, type: `whatssound:${event}` }, origin);
}

function tokenOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  const { type, token } = data as Record<string, unknown>;
  return type === handedType && typeof token === "string" ? token : null;
}
