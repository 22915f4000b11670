import { positionAt, type PlaybackVector, type ServerClock } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";

/** The room has the next song within that time, where it can be heard. */
const graceMs = 1_000;

/** Whether a song has come to its end and the room has not gone on: of what it does, nothing is heard. */
export function useIsOver(vector: PlaybackVector, clock: ServerClock): boolean {
  const [over, setOver] = useState<PlaybackVector | null>(null);
  useEffect(() => {
    if (vector.status !== "playing" || !clock.isSet) return;
    const leftMs = ((vector.durationMs - positionAt(vector, clock.nowMs())) * 1000) / vector.ratePermille;
    const timer = setTimeout(() => setOver(vector), leftMs + graceMs);
    return () => clearTimeout(timer);
  }, [vector, clock]);
  return over === vector;
}
