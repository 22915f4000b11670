import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { useRun } from "../Tries";
import { useSeen } from "./useSeen";

/** A listener's vote to end the current song; how many want that, `NowPlaying` says to everybody. */
export function SkipVote({ entryId, isOn }: { entryId: string; isOn: boolean }) {
  const { playback } = useTexts();
  const run = useRun();
  const isSeen = useSeen(entryId);
  return (
    <button class="skip-vote" type="button" aria-pressed={isOn} onClick={() => isSeen() && void run((connection) => connection.voteSkip(entryId, !isOn))}>
      <Icon name="skip" />
      {isOn ? playback.keep : playback.voteSkip}
    </button>
  );
}
