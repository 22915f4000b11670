import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useRoomState } from "../app/connection";
import { go } from "../app/route";
import { Notice } from "../ui/Notice";
import { sentenceOf } from "../ui/refusals";
import { Room } from "./Room";

/** Joins the room of the address, and says so when that cannot be. */
export function RoomPage({ connection, userId, roomId }: { connection: RoomConnection; userId: string; roomId: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const room = useRoomState(connection);
  useEffect(() => {
    let isHere = true;
    connection.join(roomId).catch((error: unknown) => isHere && setProblem(sentenceOf(error)));
    const unsubscribe = connection.on("left", (error) => setProblem(sentenceOf(error)));
    return () => {
      isHere = false;
      unsubscribe();
      void connection.leave().catch(() => undefined);
    };
  }, [connection, roomId]);

  if (problem) return <Notice title="Not here" text={problem} action="To the open rooms" onAction={() => go("/")} />;
  if (room?.roomId !== roomId) return <p class="joining" role="status">Coming in…</p>;
  return <Room connection={connection} userId={userId} room={room} />;
}
