import type { PlaybackVector } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";

const answerShownMs = 1_500;

/** Where a person wants a song to be. It belongs to the song that it was begun on. */
interface Wanted {
  entryId: string;
  positionMs: number;
  /** The vector's revision when it was asked for; null while the hand is still on it. */
  askedAt: number | null;
}

/** Asks for a place in a song. Resolves when that was answered. */
export type Seek = (entryId: string, positionMs: number) => Promise<boolean>;

/** The gestures of the position bar: what is wanted is shown until the room has it, and no gesture reaches another song than its own. */
export function useSeek(vector: PlaybackVector, seek: Seek) {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const hand = useRef<string | null>(null);
  const queue = useRef<{ isBusy: boolean; next: Wanted | null }>({ isBusy: false, next: null });
  const entryId = vector.entryId ?? "";
  const isOwn = wanted?.entryId === entryId;
  const isThere = wanted?.askedAt != null && vector.revision > wanted.askedAt && !queue.current.isBusy;

  useEffect(() => {
    if (wanted?.askedAt == null) return;
    // A place where the song was already is no change that would come.
    const timer = setTimeout(() => !queue.current.isBusy && setWanted(null), answerShownMs);
    return () => clearTimeout(timer);
  }, [wanted]);

  /** One after the other, and of those that came meanwhile the last. */
  const ask = async (next: Wanted): Promise<void> => {
    if (queue.current.isBusy) return void (queue.current.next = next);
    queue.current = { isBusy: true, next: null };
    const isDone = await seek(next.entryId, next.positionMs);
    const { next: later } = queue.current;
    queue.current = { isBusy: false, next: null };
    if (later) void ask(later);
    // As it is now: the room has it, or has refused it.
    else setWanted((known) => (isDone ? known && { ...known } : null));
  };

  const put = (positionMs: number, isAsked: boolean): void => {
    const within = Math.round(Math.min(Math.max(positionMs, 0), vector.durationMs - 1));
    const next = { entryId: hand.current ?? entryId, positionMs: within, askedAt: isAsked ? vector.revision : null };
    if (next.entryId !== entryId) return;
    setWanted(next);
    if (isAsked) void ask(next);
  };

  return {
    wantedMs: isOwn && !isThere ? wanted.positionMs : null,
    /** A pointer takes the bar, or lets it go. */
    take: () => void (hand.current = entryId),
    drop: () => void (hand.current = null),
    /** It is moved, and not let go yet. */
    drag: (positionMs: number) => put(positionMs, false),
    /** It is where it should be. */
    choose: (positionMs: number) => put(positionMs, true),
  };
}
