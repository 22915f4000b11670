import { useTexts } from "../../language/Language";
import { Name } from "../people/Name";
import { useRoom } from "../RoomContext";

/** The last songs that were played. */
export function Played() {
  const { queue } = useTexts();
  const { room } = useRoom();
  return (
    <details class="played">
      <summary>{queue.playedBefore}</summary>
      <ol>
        {room.history.map((song) => (
          <li key={song.entryId}>
            <bdi>{song.track.title}</bdi>{" "}
            <span class="muted">
              <Name room={room} userId={song.addedBy} told={song.addedByName} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
