import type { RoomState, Track } from "@whatssound/client";

/** A song of the room. Queue and playback are two channels: for a moment one may be ahead of the other. */
export function trackOf(room: RoomState, entryId: string): Track | null {
  const entry = room.queue.current?.entryId === entryId ? room.queue.current : room.queue.window.find((other) => other.entryId === entryId);
  return entry?.track ?? null;
}
