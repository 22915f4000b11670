import { useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { useRun } from "../Tries";
import { useSeen } from "./useSeen";

/** Ends the song: for who may, and of one's own. One press ends one song, however often it is pressed. */
export function SkipButton({ entryId, isOwn = false }: { entryId: string; isOwn?: boolean }) {
  const { playback } = useTexts();
  const run = useRun();
  const isSeen = useSeen(entryId);
  const [isBusy, setIsBusy] = useState(false);
  const onClick = async (): Promise<void> => {
    if (isBusy || !isSeen()) return;
    setIsBusy(true);
    await run((connection) => connection.skip(entryId));
    setIsBusy(false);
  };
  return (
    <button class={isOwn ? "skip-own" : "round"} type="button" aria-label={isOwn ? undefined : playback.skip} aria-disabled={isBusy} onClick={() => void onClick()}>
      <Icon name="skip" /> {isOwn && playback.skipMine}
    </button>
  );
}
