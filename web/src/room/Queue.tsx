import type { QueueEntry, RoomState } from "@whatssound/client";
import { Cover } from "../ui/Cover";
import { Icon } from "../ui/Icon";
import { clockOf } from "../ui/text";
import { useRun } from "./actions";
import { AddSong } from "./AddSong";
import { Name } from "./Name";
import { VoteButtons } from "./VoteButtons";

export function Queue({ room, userId }: { room: RoomState; userId: string }) {
  const { window: entries, total } = room.queue;
  return (
    <section class="card panel queue" aria-labelledby="queue-title">
      <header class="panel-head">
        <h2 id="queue-title">Next up</h2>
        <span class="muted">{total === 0 ? "" : total === 1 ? "1 song" : `${total} songs`}</span>
      </header>
      <AddSong room={room} />
      {entries.length === 0 && <p class="empty">The queue is empty.</p>}
      <ol class="entries" data-testid="queue">
        {entries.map((entry) => (
          <Entry key={entry.entryId} entry={entry} room={room} userId={userId} />
        ))}
      </ol>
      {total > entries.length && <p class="muted">and {total - entries.length} more</p>}
      {room.history.length > 0 && <Played room={room} />}
    </section>
  );
}

function Entry({ entry, room, userId }: { entry: QueueEntry; room: RoomState; userId: string }) {
  const run = useRun();
  const isMine = entry.addedBy === userId;
  const { title, artist, durationMs } = entry.track;
  return (
    <li class="entry" data-entry={entry.entryId}>
      <Cover title={title} />
      <div class="entry-text">
        <strong>{title}</strong>
        <span class="muted">
          {clockOf(durationMs)} · {artist && <>{artist} · </>}
          {isMine ? "you" : <Name room={room} userId={entry.addedBy} told={entry.addedByName} />}
        </span>
      </div>
      <VoteButtons entry={entry} mine={room.myVotes[entry.entryId] ?? 0} isOwn={isMine} />
      {(isMine || room.hostUserId === userId) && (
        <button class="bare" type="button" aria-label={`Remove ${title}`} onClick={() => void run((connection) => connection.removeEntry(entry.entryId))}>
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

function Played({ room }: { room: RoomState }) {
  return (
    <details class="played">
      <summary>Played before</summary>
      <ol>
        {room.history.map((song) => (
          <li key={song.entryId}>
            {song.track.title} <span class="muted">
              <Name room={room} userId={song.addedBy} told={song.addedByName} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
