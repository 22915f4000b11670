/** How people get in at this server; docs/protocol.md, "Guests". */
export interface EntranceSettings {
  /** Whether the server makes guests. */
  guests: boolean;
  /** The origins of apps that may put this page into a frame and hand it a token. */
  tokenOrigins: string[];
}

const patienceMs = 10_000;

/** Asks the server. Rejects with a sentence for people. */
export async function fetchSettings(): Promise<EntranceSettings> {
  const response = await answered(fetch("/page.json", { signal: AbortSignal.timeout(patienceMs) }));
  if (!response.ok) throw new Error(`The server cannot let you in right now (${response.status}).`);
  const settings = (await response.json().catch(() => null)) as Partial<EntranceSettings> | null;
  return {
    guests: settings?.guests === true,
    tokenOrigins: Array.isArray(settings?.tokenOrigins) ? settings.tokenOrigins.filter((origin) => typeof origin === "string") : [],
  };
}

/** A response, or an error that says in a sentence that there is none. */
export async function answered(response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch {
    throw new Error("The server cannot be reached.");
  }
}
