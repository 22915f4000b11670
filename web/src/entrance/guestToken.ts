import { answered } from "./settings";
import { keepGuest, readGuest, type Guest } from "./store";

interface GuestAnswer {
  token: string;
  secret: string;
}

/** A fresh token for the guest that this browser is; the first time, or where the server no longer knows the old one, for a new guest. */
export async function guestToken(signal: AbortSignal): Promise<string> {
  const guest = readGuest();
  if (!guest) throw new Error("This browser has forgotten your name; load the page again.");
  const first = await ask(guest, signal);
  const response = guest.secret !== null && first.status === 401 ? await ask({ ...guest, secret: null }, signal) : first;
  if (!response.ok) throw new Error(await sentenceOf(response));
  const { token, secret } = (await response.json()) as GuestAnswer;
  keepGuest({ name: guest.name, secret });
  return token;
}

function ask({ name, secret }: Guest, signal: AbortSignal): Promise<Response> {
  const body = JSON.stringify({ name, secret });
  return answered(fetch("/guest", { method: "POST", headers: { "content-type": "application/json" }, body, signal }));
}

async function sentenceOf(response: Response): Promise<string> {
  if (response.status === 404) return "This server takes no guests.";
  const refusal = (await response.json().catch(() => null)) as { code?: unknown; message?: unknown } | null;
  if (refusal?.code === "RATE_LIMITED") return "Too many people come from your network right now. You are let in shortly.";
  return typeof refusal?.message === "string" ? refusal.message : `The server does not let you in (${response.status}).`;
}
