/** 64 MB: an hour at 128 kbit/s. A longer one is not kept in memory. */
const bytesMax = 64_000_000;
const silenceMostMs = 20_000;

/** `refused`: the host keeps pages out, or the file is too large. */
export type Whole = { kind: "file"; blob: Blob } | { kind: "refused" } | { kind: "failed" };

/** All of a file whose host sends no parts of it, within bounds of bytes and time. */
export async function fetchWhole(url: string, signal: AbortSignal): Promise<Whole> {
  const cut = new AbortController();
  signal.addEventListener("abort", () => cut.abort(), { once: true });
  let timer = setTimeout(() => cut.abort(), silenceMostMs);
  const isAlive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => cut.abort(), silenceMostMs);
  };
  let hasAnswered = false;
  try {
    const response = await fetch(url, { credentials: "omit", signal: cut.signal });
    hasAnswered = true;
    if (!response.ok || !response.body) return { kind: "failed" };
    if (Number(response.headers.get("content-length") ?? 0) > bytesMax) return { kind: "refused" };
    const parts = await read(response.body, isAlive);
    return parts ? { kind: "file", blob: new Blob(parts, { type: response.headers.get("content-type") ?? "" }) } : { kind: "refused" };
  } catch {
    // Only a host that keeps pages out never answers a page, but played the beginning a moment ago.
    return { kind: hasAnswered || signal.aborted ? "failed" : "refused" };
  } finally {
    clearTimeout(timer);
    cut.abort();
  }
}

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>>, isAlive: () => void): Promise<Uint8Array<ArrayBuffer>[] | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    isAlive();
    bytes += next.value.length;
    if (bytes > bytesMax) return null;
    parts.push(next.value);
  }
  return parts;
}
