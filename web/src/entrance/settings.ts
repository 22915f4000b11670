import { Problem } from "../ui/problems";

/** How people get in at this server; docs/protocol.md, "Guests". */
export interface EntranceSettings {
  /** Whether the server makes guests. */
  guests: boolean;
  /** The origins of apps that may put this page into a frame and hand it a token. */
  tokenOrigins: string[];
  /** Where an app gives out tokens of its users; null where none does. */
  tokenUrl: string | null;
  /** The origin by which others reach the server, where that is another than the page's. */
  linkOrigin: string | null;
}

const patienceMs = 10_000;

/** Asks a server. Rejects with a problem that can be said. */
export async function fetchSettings(server: string): Promise<EntranceSettings> {
  const response = await answered(fetch(`${server}/page.json`, { signal: AbortSignal.timeout(patienceMs) }));
  if (!response.ok) throw new Problem((texts) => texts.entrance.notNow(response.status), `The server answered ${response.status}.`, response.status);
  const settings = (await response.json().catch(() => null)) as Partial<Record<keyof EntranceSettings, unknown>> | null;
  return {
    guests: settings?.guests === true,
    tokenOrigins: Array.isArray(settings?.tokenOrigins) ? settings.tokenOrigins.filter((origin) => typeof origin === "string") : [],
    tokenUrl: typeof settings?.tokenUrl === "string" ? settings.tokenUrl : null,
    linkOrigin: typeof settings?.linkOrigin === "string" ? settings.linkOrigin : null,
  };
}

/** A response, or a problem: that there is none. */
export async function answered(response: Promise<Response>): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    throw new Problem((texts) => texts.entrance.unreachable, `No answer: ${error}`);
  }
}
