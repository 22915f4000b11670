import { slugOf, randomSuffix } from "../ui/text";

/** Who the person at this browser is. All tabs of a browser are the same user. */
export interface Identity {
  userId: string;
  name: string;
}

const storageKey = "whatssound.identity";

export function readIdentity(): Identity | null {
  const text = localStorage.getItem(storageKey);
  return text ? (JSON.parse(text) as Identity) : null;
}

/** Takes a name; the user stays the same when only the name changes. */
export function saveName(name: string): Identity {
  const userId = readIdentity()?.userId ?? `${slugOf(name) || "guest"}-${randomSuffix(6)}`;
  const identity = { userId, name };
  localStorage.setItem(storageKey, JSON.stringify(identity));
  return identity;
}

/** A fresh token, from the server's development endpoint. */
export async function fetchToken(identity: Identity, signal: AbortSignal): Promise<string> {
  const response = await fetch("/dev/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(identity),
    signal,
  });
  if (!response.ok) throw new Error(`No token: the server answered ${response.status}.`);
  const { token } = (await response.json()) as { token: string };
  return token;
}
