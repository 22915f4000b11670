import type { RoomConnection } from "@whatssound/client";
import { useRef } from "preact/hooks";

/** The room forgets it after 6 s. */
const repeatMs = 4_000;

/** In larger rooms nobody is shown who writes. */
const membersMax = 50;

/** Tells the room that this person writes, and that they no longer do. */
export function useTyping(connection: RoomConnection): (isTyping: boolean) => void {
  const toldAt = useRef<number | null>(null);
  return (isTyping) => {
    if (isTyping === false && toldAt.current === null) return;
    if (isTyping && toldAt.current !== null && performance.now() - toldAt.current < repeatMs) return;
    if ((connection.room?.memberTotal ?? 0) > membersMax) return;
    toldAt.current = isTyping ? performance.now() : null;
    void connection.hint("SetTyping", { isTyping });
  };
}
