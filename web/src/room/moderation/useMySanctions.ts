import type { RoomConnection, RoomState, SanctionNotice } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";

/** What this person may not do at the moment. What is over, is over without anything being told. */
export function useMySanctions(connection: RoomConnection, room: RoomState, userId: string): readonly SanctionNotice[] {
  const [sanctions, setSanctions] = useState(room.mySanctions);
  useEffect(() => setSanctions(room.mySanctions), [room.mySanctions]);
  useEffect(
    () =>
      connection.on("publication", ({ publication: { event, data } }) => {
        const notice = data as SanctionNotice;
        if (event !== "sanction" || notice.userId !== userId) return;
        setSanctions((known) => [...known.filter(({ kind }) => kind !== notice.kind), ...(notice.isLifted ? [] : [notice])]);
      }),
    [connection, userId],
  );
  const endsMs = Math.min(...sanctions.map(({ untilMs }) => untilMs ?? Infinity));
  useEffect(() => {
    if (endsMs === Infinity) return;
    const end = (): void => setSanctions((known) => known.filter(({ untilMs }) => untilMs === null || untilMs > connection.clock.nowMs()));
    // Longer waits than a timer takes are for another visit.
    const timer = setTimeout(end, Math.min(Math.max(0, endsMs - connection.clock.nowMs()) + 1, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [connection, endsMs, sanctions]);
  return sanctions;
}
