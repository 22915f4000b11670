import type { Trouble } from "./trouble";

const patienceMs = 10_000;

/** After that many attempts a song whose host tells pages nothing is given up. */
const blindAttemptsMax = 3;

/** Statuses of hosts that are too busy, or want to be asked again. */
const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

/** Why an address that the audio element could not load cannot be heard: the element does not say, so its host is asked for the first byte. */
export async function diagnose(url: string, attempt: number): Promise<Trouble> {
  const status = await statusOf(url);
  if (status === null) return (await isReachable(url)) && attempt >= blindAttemptsMax ? "unplayable" : "unreachable";
  if (isPassing(status)) return "unavailable";
  return status >= 400 ? "gone" : "undecodable";
}

/** Whether its host lets pages read it. */
export async function isReadable(url: string): Promise<boolean> {
  return (await statusOf(url)) !== null;
}

async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await ask(url, "cors");
    return response.status;
  } catch {
    // It is away, or keeps pages out: they look the same.
    return null;
  }
}

async function isReachable(url: string): Promise<boolean> {
  return ask(url, "no-cors").then(
    () => true,
    () => false,
  );
}

async function ask(url: string, mode: RequestMode): Promise<Response> {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), patienceMs);
  try {
    return await fetch(url, { mode, headers: { range: "bytes=0-0" }, cache: "no-store", credentials: "omit", signal: cut.signal });
  } finally {
    clearTimeout(timer);
    // The first byte is not read, nor is all that hosts without byte ranges send instead.
    cut.abort();
  }
}
