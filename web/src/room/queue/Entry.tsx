import type { QueueEntry } from "@whatssound/client";
import { useRef } from "preact/hooks";
import { useLanguage } from "../../language/Language";
import { SmallCover } from "../../ui/Cover";
import { Icon } from "../../ui/Icon";
import { lazy } from "../../ui/lazy";
import { Name } from "../people/Name";
import { useRoom } from "../RoomContext";
import { useDo } from "./Undo";
import { VoteButtons } from "./VoteButtons";

const EntryDetails = lazy(() => import("./EntryDetails").then(({ EntryDetails }) => EntryDetails));

/** A song's place among the others, as a person can change it. */
export interface Neighbours {
  before: QueueEntry | undefined;
  /** The one behind the next: what this song comes before when it goes one down. */
  after: QueueEntry | undefined;
  isLast: boolean;
}

interface Props extends Neighbours {
  entry: QueueEntry;
  /** Whether what can be done with it is shown: the queue knows, as a song stays open wherever it goes. */
  isOpen: boolean;
  onToggle: () => void;
}

/** A queued song, and what this person may do with it. */
export function Entry({ entry, isOpen, onToggle, ...neighbours }: Props) {
  const { texts, format } = useLanguage();
  const { room, userId, may, barred } = useRoom();
  const act = useDo();
  // One that is made anew in another part of the list was open before.
  const wasOpen = useRef(isOpen);
  const isMine = entry.addedBy === userId;
  const mayRemove = may("removeSongs") || may("manageQueue") || (isMine && !barred("timeout"));
  const { title, artist, durationMs } = entry.track;
  const mayVote = may("vote") && !room.queue.limits?.isVotingOff;
  return (
    <li class="entry" data-entry={entry.entryId}>
      <SmallCover title={title} />
      <div class="entry-text">
        <strong dir="auto">{title}</strong>
        <span class="muted">
          {format.clock(durationMs)} · {artist && <><bdi>{artist}</bdi> · </>}
          {isMine ? texts.queue.you : <Name room={room} userId={entry.addedBy} told={entry.addedByName} />}
        </span>
      </div>
      {mayVote && <VoteButtons entry={entry} mine={room.myVotes[entry.entryId] ?? 0} isOwn={isMine} />}
      {mayRemove && (
        <button class="bare" type="button" aria-label={texts.queue.remove(title)} onClick={() => void act(texts.queue.removed(title), (connection) => connection.removeEntry(entry.entryId))}>
          <Icon name="close" />
        </button>
      )}
      <button class="bare" type="button" aria-expanded={isOpen} aria-label={texts.queue.about(title)} onClick={onToggle}>
        ⋯
      </button>
      {isOpen && <EntryDetails entry={entry} isJustOpened={!wasOpen.current} {...neighbours} />}
    </li>
  );
}
