import type { RoomListing } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { usePlace } from "../app/Place";
import { useMore, useTexts } from "../language/Language";
import { Bars } from "../ui/Bars";

/** To what somebody is invited: the room's name, who is there and what plays, as far as everybody may know it. */
export function Invitation({ roomId }: { roomId: string }) {
  const { entrance } = useTexts();
  const more = useMore();
  const { server } = usePlace();
  const [room, setRoom] = useState<RoomListing | null>(null);
  useEffect(() => {
    const over = new AbortController();
    // Beside the page: a name is asked for without it.
    void import("./peek").then(({ peek }) => peek(server, roomId, over.signal)).then((found) => !over.signal.aborted && setRoom(found), () => undefined);
    return () => over.abort();
  }, [server, roomId]);
  if (!room || !more) return <h1>{entrance.invited}</h1>;
  return (
    <>
      <p class="eyebrow">{entrance.invited}</p>
      <h1 dir="auto">{room.name}</h1>
      {room.listenerCount > 0 && (
        <p data-testid="invitation">
          {more.lobby.listeners(room.listenerCount)}
          {room.nowPlaying && (
            <>
              {" "}
              · <Bars isMoving /> <bdi>{room.nowPlaying}</bdi>
            </>
          )}
        </p>
      )}
    </>
  );
}
