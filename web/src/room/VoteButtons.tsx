import type { QueueEntry } from "@whatssound/client";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";

/** Up and down; the same again takes the vote back. */
export function VoteButtons({ entry, mine, isOwn }: { entry: QueueEntry; mine: number; isOwn: boolean }) {
  const run = useRun();
  const vote = (value: 1 | -1): void => void run((connection) => connection.vote(entry.entryId, mine === value ? 0 : value));
  const { title } = entry.track;
  return (
    <div class="votes" role="group" aria-label={`Votes for ${title}`}>
      <button class="bare" type="button" disabled={isOwn} aria-pressed={mine === 1} aria-label={`Vote ${title} up`} onClick={() => vote(1)}>
        <Icon name="up" />
      </button>
      <output aria-label="Score">{entry.score}</output>
      <button class="bare" type="button" disabled={isOwn} aria-pressed={mine === -1} aria-label={`Vote ${title} down`} onClick={() => vote(-1)}>
        <Icon name="down" />
      </button>
    </div>
  );
}
