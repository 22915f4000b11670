import type { QueueEntry } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRoom } from "../RoomContext";

/** A queue changes twice a second at most; what is far down is read again less often. */
const againMs = 3_000;

/** The songs behind those that the room always shows, as long as they are wanted; read again as the queue changes. */
export function useWholeQueue(isWanted: boolean): { rest: readonly QueueEntry[]; isLoading: boolean } {
  const { connection, room } = useRoom();
  const [all, setAll] = useState<readonly QueueEntry[] | null>(null);
  const readAt = useRef(-Infinity);
  const { revision, total, window: shown } = room.queue;
  const isMore = isWanted && total > shown.length;
  useEffect(() => {
    if (!isMore) return setAll(null);
    let isOver = false;
    const read = async (): Promise<void> => {
      readAt.current = performance.now();
      const entries: QueueEntry[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await connection.queuePage(cursor);
        if (isOver) return;
        if (page.isRestarted) entries.length = 0;
        entries.push(...page.entries);
        if (page.next === null) break;
        cursor = page.next;
      }
      setAll(entries);
    };
    // What is there stays until it is read again: a page that fails now is asked for with the next change.
    const timer = setTimeout(() => void read().catch(() => undefined), Math.max(0, readAt.current + againMs - performance.now()));
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [connection, isMore, revision]);
  const known = new Set(shown.map((entry) => entry.entryId));
  return { rest: isMore ? (all ?? []).filter((entry) => !known.has(entry.entryId)) : [], isLoading: isMore && all === null };
}
