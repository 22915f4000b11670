import type { PlaybackVector } from "../protocol/rooms.js";

/** The position of the song in milliseconds at a room time: between 0 and the duration, and before a scheduled start the anchor. */
export function positionAt(vector: PlaybackVector, roomTimeMs: number): number {
  const isMoving = vector.status === "playing" && roomTimeMs > vector.anchorTimeMs;
  const moved = isMoving ? ((roomTimeMs - vector.anchorTimeMs) * vector.ratePermille) / 1000 : 0;
  return Math.min(Math.max(vector.anchorPositionMs + moved, 0), vector.durationMs);
}

/** Whether a vector is newer than another: by epoch, then revision. */
export function isNewer(vector: PlaybackVector, than: PlaybackVector): boolean {
  return vector.epoch !== than.epoch ? vector.epoch > than.epoch : vector.revision > than.revision;
}
