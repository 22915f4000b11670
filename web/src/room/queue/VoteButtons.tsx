import type { QueueEntry } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useMore, useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import "./votes.css";

/** Up and down; the same again takes the vote back. Without a connection it waits for one, and says so. */
export function VoteButtons({ entry, mine, isOwn }: { entry: QueueEntry; mine: number; isOwn: boolean }) {
  const { queue } = useTexts();
  const run = useRun();
  const { connection } = useRoom();
  const [waits, setWaits] = useState<1 | -1 | null>(null);
  const vote = async (value: 1 | -1): Promise<void> => {
    if (connection.state !== "live") setWaits(value);
    await run((to) => to.vote(entry.entryId, mine === value ? 0 : value));
    setWaits(null);
  };
  const { title } = entry.track;
  return (
    <div class="votes" role="group" aria-label={queue.votesFor(title)}>
      <button class="bare" type="button" disabled={isOwn} aria-pressed={mine === 1} aria-busy={waits === 1} aria-label={queue.voteUp(title)} onClick={() => void vote(1)}>
        <Icon name={waits === 1 ? "wait" : "up"} />
      </button>
      <span class="score">
        <span class="hidden">{queue.score}</span> {entry.score}
      </span>
      <button class="bare" type="button" disabled={isOwn} aria-pressed={mine === -1} aria-busy={waits === -1} aria-label={queue.voteDown(title)} onClick={() => void vote(-1)}>
        <Icon name={waits === -1 ? "wait" : "down"} />
      </button>
      {waits && <Waits />}
    </div>
  );
}

const Waits = () => (
  <span class="hidden" role="status">
    {useMore()?.entry.voteWaits}
  </span>
);
