import type { RoomConnection, RoomListing } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";

const refreshMs = 5_000;
const typingMs = 300;
const pageLength = 30;

export interface Search {
  query: string;
  tags: readonly string[];
}

export interface Rooms {
  /** Null until the first answer. */
  rooms: readonly RoomListing[] | null;
  total: number;
  isPartial: boolean;
  /** Null: there are no more. */
  more: (() => void) | null;
}

/** The open rooms that are looked for, as many pages as were asked for, as they are every few seconds. */
export function useRooms(connection: RoomConnection, { query, tags }: Search): Rooms {
  const [pages, setPages] = useState(1);
  const [found, setFound] = useState<Omit<Rooms, "more"> & { hasMore: boolean }>({ rooms: null, total: 0, isPartial: false, hasMore: false });
  const asked = useRef("");
  const key = JSON.stringify([query, tags]);
  useEffect(() => setPages(1), [key]);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const rooms = new Map<string, RoomListing>();
      let cursor: string | null = null;
      let total = 0;
      let isPartial = false;
      for (let i = 0; i < pages && (i === 0 || cursor !== null); i++) {
        const page = await connection.listRooms({ max: pageLength, ...(query && { query }), ...(tags.length > 0 && { tags: [...tags] }), ...(cursor !== null && { cursor }) });
        for (const room of page.rooms) rooms.set(room.roomId, room);
        ({ next: cursor, total } = page);
        isPartial ||= page.isPartial;
      }
      if (!isOver) setFound({ rooms: [...rooms.values()], total, isPartial, hasMore: cursor !== null });
    };
    const refresh = (): void => void read().catch(() => undefined);
    const first = setTimeout(refresh, asked.current === "" || asked.current === key ? 0 : typingMs);
    asked.current = key;
    const timer = setInterval(refresh, refreshMs);
    return () => {
      isOver = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [connection, key, pages]);
  const { hasMore, ...rooms } = found;
  return { ...rooms, more: hasMore ? () => setPages((count) => count + 1) : null };
}
