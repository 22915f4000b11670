import type { SkipTally } from "@whatssound/client";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";

/** A listener's vote to end the current song. The room tells how many are needed from the first vote on. */
export function SkipVote({ entryId, skip, isOn }: { entryId: string; skip: SkipTally; isOn: boolean }) {
  const run = useRun();
  return (
    <button class="skip-vote" type="button" aria-pressed={isOn} onClick={() => void run((connection) => connection.voteSkip(entryId, !isOn))}>
      <Icon name="skip" />
      {isOn ? "Keep it after all" : "Vote to skip"}
      {skip.have > 0 && (
        <span class="tally" title={`${skip.have} of ${skip.need} votes`}>
          {skip.have}/{skip.need}
        </span>
      )}
    </button>
  );
}
