import type { RoomRecord, RoomRecords } from "@whatssound/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useRoom } from "./RoomContext";
import { useRun } from "./Tries";

export interface Records {
  /** Null until the first page is there. */
  records: readonly RoomRecord[] | null;
  hasMore: boolean;
  /** Reads the next page. */
  older(): void;
  /** Reads from the beginning. */
  again(): void;
}

/** What the room keeps of who did what, the newest first, page by page. */
export function useRecords(method: "ListSanctions" | "ListReports" | "ListInvites" | "ReadLog"): Records {
  const { room } = useRoom();
  const run = useRun();
  const { roomId } = room;
  const [records, setRecords] = useState<readonly RoomRecord[] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const read = useCallback(
    (before: number | null) =>
      void run(async (connection) => {
        const page = (await connection.request(method, { roomId, ...(before !== null && { before }) })) as RoomRecords;
        setRecords((known) => (before === null ? page.records : [...(known ?? []), ...page.records]));
        setNext(page.next);
      }),
    [run, method, roomId],
  );
  useEffect(() => read(null), [read]);
  return { records, hasMore: next !== null, older: () => read(next), again: () => read(null) };
}
