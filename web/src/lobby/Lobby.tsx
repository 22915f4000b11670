import type { RoomConnection, RoomListing } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useConnectivity } from "../app/connection";
import { exposeTestingHook } from "../app/testingHook";
import { ConnectionBadge } from "../ui/ConnectionBadge";
import { Logo } from "../ui/Logo";
import { CreateRoom } from "./CreateRoom";
import { RoomCard } from "./RoomCard";

const refreshMs = 5_000;

/** The front page: open a room, or go into one. */
export function Lobby({ connection, name }: { connection: RoomConnection; name: string | null }) {
  const { connectivity } = useConnectivity(connection);
  const rooms = useRooms(connection);
  useEffect(() => exposeTestingHook(connection, null), [connection]);
  return (
    <div class="lobby">
      <header class="top">
        <Logo />
        <ConnectionBadge connectivity={connectivity} />
      </header>
      <main>
        <section class="lobby-hero">
          <h1>{name ? `Hello, ${name}.` : "Hello."}</h1>
          <p>Open a room and send the link to your friends, or drop in somewhere.</p>
          <CreateRoom connection={connection} />
        </section>
        <section aria-labelledby="rooms-title">
          <h2 id="rooms-title">Open rooms</h2>
          {rooms === null && <p class="muted">Looking around…</p>}
          {rooms?.length === 0 && <p class="empty card">Nobody is here yet. Open the first room.</p>}
          <ul class="rooms">
            {rooms?.map((room) => (
              <RoomCard key={room.roomId} room={room} />
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}

function useRooms(connection: RoomConnection): RoomListing[] | null {
  const [rooms, setRooms] = useState<RoomListing[] | null>(null);
  useEffect(() => {
    const refresh = (): void => void connection.listRooms().then((page) => setRooms(page.rooms), () => undefined);
    refresh();
    const timer = setInterval(refresh, refreshMs);
    return () => clearInterval(timer);
  }, [connection]);
  return rooms;
}
