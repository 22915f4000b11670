import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../RoomContext";

/** Longer waits than a timer takes are for another visit. */
const timerMaxMs = 2 ** 31 - 1;

/** To whom the owner would give the room; null: to nobody. That an offer has run out is told by no one but the clock. */
export function useOffer(): { toUserId: string; untilMs: number } | null {
  const { connection, room } = useRoom();
  const [, setCount] = useState(0);
  const offer = room.roles?.ownershipOffer ?? null;
  const untilMs = offer?.untilMs ?? null;
  useEffect(() => {
    if (untilMs === null) return;
    const timer = setTimeout(() => setCount((count) => count + 1), Math.min(Math.max(0, untilMs - connection.clock.nowMs()) + 1, timerMaxMs));
    return () => clearTimeout(timer);
  }, [connection, untilMs]);
  return offer && connection.clock.nowMs() < offer.untilMs ? offer : null;
}
