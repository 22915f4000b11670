import { positionAt, type QueueEntry } from "@whatssound/client";
import { useEffect } from "preact/hooks";
import { coverOf } from "../../ui/coverOf";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { isOwn } from "./isOwn";
import type { RoomPlayer } from "./usePlayer";

const stepMs = 10_000;

type Handlers = Partial<Record<MediaSessionAction, ((details: MediaSessionActionDetails) => void) | null>>;

/** Shows the song where the system does, on a lock screen or a watch, and has its keys do what this person may: for the room, or else for this device. */
export function MediaKeys({ current, view, player }: RoomPlayer & { current: QueueEntry | null }): null {
  const { connection, room, userId, may, barred } = useRoom();
  const run = useRun();
  const { playback, settings } = room;
  const isHeard = playback.status === "playing" && !view.isHeld;
  const mayControl = may("controlPlayback");
  const maySkip = current !== null && (may("skipSongs") || (isOwn(current, userId) && !barred("timeout")));

  useEffect(() => {
    if (!navigator.mediaSession) return;
    const { title, artist } = current?.track ?? {};
    navigator.mediaSession.metadata = title === undefined ? null : new MediaMetadata({ title, artist: artist ?? "", album: settings.name, artwork: [{ src: coverOf(title), sizes: "256x256", type: "image/png" }] });
  }, [current?.entryId, settings.name]);

  useEffect(() => {
    if (!navigator.mediaSession) return;
    navigator.mediaSession.playbackState = current === null ? "none" : isHeard ? "playing" : "paused";
    const { durationMs, ratePermille } = playback;
    const position = Math.max(0, positionAt(playback, connection.clock.nowMs())) / 1000;
    if (durationMs > 0 && Number.isFinite(position)) navigator.mediaSession.setPositionState?.({ duration: durationMs / 1000, position, playbackRate: ratePermille / 1000 });
  }, [connection, current?.entryId, isHeard, playback]);

  useEffect(() => {
    if (!navigator.mediaSession || !current) return;
    const seekTo = (positionMs: number) => void run((c) => c.seek(current.entryId, Math.min(Math.max(positionMs, 0), playback.durationMs - 1)));
    const now = (): number => positionAt(playback, connection.clock.nowMs());
    const seeks: Handlers = {
      seekto: ({ seekTime }) => seekTime !== undefined && seekTo(seekTime * 1000),
      seekforward: ({ seekOffset }) => seekTo(now() + (seekOffset ?? stepMs / 1000) * 1000),
      seekbackward: ({ seekOffset }) => seekTo(now() - (seekOffset ?? stepMs / 1000) * 1000),
    };
    const handlers: Handlers = {
      play: () => {
        // What it is now: a key may come before this has been rendered again.
        if (player?.view.isHeld) player.hold(false);
        else if (mayControl) void run((c) => c.play());
      },
      pause: () => (mayControl ? void run((c) => c.pause()) : player?.hold(true)),
      stop: () => player?.hold(true),
      ...(mayControl && seeks),
      ...(maySkip && { nexttrack: () => void run((c) => c.skip(current.entryId)) }),
    };
    const set = Object.entries(handlers) as [MediaSessionAction, MediaSessionActionHandler][];
    set.forEach(([action, handler]) => offer(action, handler));
    return () => set.forEach(([action]) => offer(action, null));
  }, [connection, current?.entryId, mayControl, maySkip, playback, player, run]);
  return null;
}

/** A browser that does not know an action throws. */
function offer(action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    // It has no such key.
  }
}
