import type { RoomListing } from "@whatssound/client";
import { go } from "../app/route";
import { Bars } from "../ui/Bars";
import { Cover } from "../ui/Cover";

export function RoomCard({ room }: { room: RoomListing }) {
  const path = `/r/${room.roomId}`;
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    go(path);
  };
  return (
    <li>
      <a class="card room-card" href={path} onClick={onClick}>
        <Cover title={room.nowPlaying ?? room.name} />
        <span class="room-card-text">
          <strong>{room.name}</strong>
          <span class="muted">
            {room.nowPlaying ? (
              <>
                <Bars isMoving={room.listenerCount > 0} /> {room.nowPlaying}
              </>
            ) : (
              "Quiet right now"
            )}
          </span>
        </span>
        <span class="count">{room.listenerCount === 1 ? "1 listener" : `${room.listenerCount} listeners`}</span>
      </a>
    </li>
  );
}
