import { Problem } from "../ui/problems";
import { answered } from "./settings";
import { keepGuest, readGuest, type Guest } from "./store";

interface GuestAnswer {
  token: string;
  secret: string;
}

/** The server takes no guest by the name that was given: another one has to be. */
export class NameRefused extends Problem {}

/** A fresh token for the guest that this browser is; the first time, or where the server no longer knows the old one, for a new guest. */
export async function guestToken(signal: AbortSignal): Promise<string> {
  const guest = readGuest();
  if (!guest) throw new Problem((_, more) => more.entrance.forgotten, "No guest is known here.");
  return tokenOf(guest, signal);
}

/** A token for a guest as they want to be; they are kept as such once the server has agreed. */
export async function tokenOf(guest: Guest, signal: AbortSignal): Promise<string> {
  const first = await ask(guest, signal);
  const response = guest.secret !== null && first.status === 401 ? await ask({ ...guest, secret: null }, signal) : first;
  if (!response.ok) throw await problemOf(response);
  const { token, secret } = (await response.json()) as GuestAnswer;
  keepGuest({ name: guest.name, secret });
  return token;
}

function ask({ name, secret }: Guest, signal: AbortSignal): Promise<Response> {
  const body = JSON.stringify({ name, secret });
  return answered(fetch("/guest", { method: "POST", headers: { "content-type": "application/json" }, body, signal }));
}

async function problemOf(response: Response): Promise<Problem> {
  const { status } = response;
  const message = `The server answered ${status} to a guest.`;
  if (status === 404) return new Problem((_, more) => more.entrance.serverTakesNoGuests, message, status);
  if (status === 400) return new NameRefused((_, more) => more.you.nameRefused, message, status);
  const refusal = (await response.json().catch(() => null)) as { code?: unknown } | null;
  if (refusal?.code === "RATE_LIMITED") return new Problem((_, more) => more.entrance.crowded, message, status);
  return new Problem((_, more) => more.entrance.notLetIn(status), message, status);
}
