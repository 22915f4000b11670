import { RefusalError, type RoomState } from "@whatssound/client";
import { useEffect, useRef } from "preact/hooks";
import { usePlace } from "./Place";

/** Tells who is around the page that its person is in the room, or no longer, or cannot come in. */
export function useTelling(room: RoomState | null, roomId: string, userId: string, problem: unknown): void {
  const { tell } = usePlace();
  const wasIn = useRef(false);
  const isIn = room?.roomId === roomId;
  useEffect(() => {
    if (!isIn) return;
    wasIn.current = true;
    tell("joined", { roomId, userId });
  }, [tell, isIn, roomId, userId]);
  useEffect(() => {
    if (problem) tell(wasIn.current ? "ended" : "error", { roomId, ...reasonOf(problem) });
  }, [tell, problem, roomId]);
}

/** A refusal's code and sentence, for programs; or what an address answered. */
export function reasonOf(problem: unknown): { code: string; message: string; status?: number } {
  if (problem instanceof RefusalError) return { code: problem.code, message: problem.message };
  const { status } = problem as { status?: number };
  if (status) return { code: status === 401 || status === 403 ? "UNAUTHENTICATED" : "UNAVAILABLE", message: (problem as Error).message, status };
  return { code: "UNAVAILABLE", message: problem instanceof Error ? problem.message : String(problem) };
}
