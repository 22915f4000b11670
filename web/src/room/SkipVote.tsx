import type { SkipTally } from "@whatssound/client";
import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";

/** A listener's vote to end the current song. The room tells how many are needed from the first vote on. */
export function SkipVote({ entryId, skip }: { entryId: string; skip: SkipTally }) {
  const run = useRun();
  const [isOn, setIsOn] = useState(false);
  const toggle = async (): Promise<void> => {
    if (await run((connection) => connection.voteSkip(entryId, !isOn))) setIsOn(!isOn);
  };
  return (
    <button class="skip-vote" type="button" aria-pressed={isOn} onClick={() => void toggle()}>
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
