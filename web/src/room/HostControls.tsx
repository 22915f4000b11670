import { Icon } from "../ui/Icon";
import { useRun } from "./actions";

/** Play, pause and skip, for everybody. */
export function HostControls({ entryId, isPlaying }: { entryId: string; isPlaying: boolean }) {
  const run = useRun();
  return (
    <>
      <button
        class="primary round"
        type="button"
        aria-label={isPlaying ? "Pause for everybody" : "Play for everybody"}
        onClick={() => void run((connection) => (isPlaying ? connection.pause() : connection.play()))}
      >
        <Icon name={isPlaying ? "pause" : "play"} />
      </button>
      <button class="round" type="button" aria-label="Skip to the next song" onClick={() => void run((connection) => connection.skip(entryId))}>
        <Icon name="skip" />
      </button>
    </>
  );
}
