import { useRef } from "preact/hooks";

/** A song that has been shown for less than that was not what a click was for. */
const seenAfterMs = 700;

/** Whether a person can have seen that this is the song that plays: of two clicks on skip the second comes when the next one has begun. */
export function useSeen(entryId: string): () => boolean {
  const shown = useRef({ entryId, atMs: -Infinity });
  if (shown.current.entryId !== entryId) shown.current = { entryId, atMs: performance.now() };
  return () => performance.now() - shown.current.atMs > seenAfterMs;
}
