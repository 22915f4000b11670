import type { Publication } from "../protocol/channels.js";

// Not 65,536 at once: so many arguments are more than some engines take.
const chunkBytes = 8_192;

/** What of a request says the data. Bytes go as base64, everything else as the JSON that it is. */
export function payloadOf(data: unknown, encoding?: "text"): { data: unknown; encoding?: "text" | "base64" } {
  const bytes = bytesIn(data);
  if (bytes) return { data: base64(bytes), encoding: "base64" };
  return { data, ...(encoding && { encoding }) };
}

/** The bytes of a publication; null where its publisher sent something else. */
export function bytesOf({ data, encoding }: Publication): Uint8Array | null {
  if (encoding !== "base64" || typeof data !== "string") return null;
  try {
    return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The text of a publication; null where its publisher sent something else. */
export function textOf({ data, encoding }: Publication): string | null {
  return encoding === "text" && typeof data === "string" ? data : null;
}

function bytesIn(data: unknown): Uint8Array | null {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : null;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += chunkBytes) text += String.fromCharCode(...bytes.subarray(i, i + chunkBytes));
  return btoa(text);
}
