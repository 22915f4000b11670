import type { RoomListing } from "@whatssound/client";
import { go } from "../app/route";
import type { More } from "../text";
import { Bars } from "../ui/Bars";
import { Cover } from "../ui/Cover";

export function RoomCard({ texts: lobby, room, onTag }: { texts: More["lobby"]; room: RoomListing; onTag: (tag: string) => void }) {
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
          <strong dir="auto">
            {room.name} {room.hasPassword && <span title={lobby.hasPassword}>🔒</span>}
          </strong>
          <span class="muted">
            {room.nowPlaying ? (
              <>
                <Bars isMoving={room.listenerCount > 0} /> <bdi>{room.nowPlaying}</bdi>
              </>
            ) : (
              lobby.quiet
            )}
          </span>
        </span>
        <span class="count">{lobby.listeners(room.listenerCount)}</span>
      </a>
      {room.tags.length > 0 && (
        <p class="tags">
          {room.tags.map((tag) => (
            <button key={tag} class="tag-chip" type="button" aria-label={lobby.onlyTag(tag)} onClick={() => onTag(tag)}>
              <bdi>{tag}</bdi>
            </button>
          ))}
        </p>
      )}
    </li>
  );
}
