import type { Track } from "@whatssound/client";
import { readDurationMs } from "../../player/readDuration";
import { Problem } from "../../ui/problems";

/** The song at an address, once the browser has found out how long it is; without a title it has that of its file. */
export async function trackAt(text: string, server: string, title = ""): Promise<Track> {
  const address = addressIn(text, server);
  const durationMs = await readDurationMs(address.href);
  return { url: addressOf(address, server), title: title || titleOf(address), durationMs };
}

function addressIn(text: string, server: string): URL {
  try {
    return new URL(text.trim(), server);
  } catch {
    throw new Problem((_, more) => more.address.notAnAddress);
  }
}

/** A song of this server goes by its path, so that everybody gets it from the address they use. */
function addressOf(address: URL, server: string): string {
  return address.origin === server ? address.pathname + address.search : address.href;
}

function titleOf(address: URL): string {
  const file = decodeURIComponent(address.pathname.split("/").pop() ?? "");
  return file.replace(/\.[a-z0-9]+$/i, "").replace(/[-_]+/g, " ").trim().slice(0, 200) || address.hostname;
}
