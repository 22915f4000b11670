import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { useRun } from "../Tries";

/** Play and pause, for everybody. */
export function PlayButton({ isPlaying }: { isPlaying: boolean }) {
  const { playback } = useTexts();
  const run = useRun();
  return (
    <button
      class="primary round"
      type="button"
      aria-label={isPlaying ? playback.pause : playback.play}
      onClick={() => void run((connection) => (isPlaying ? connection.pause() : connection.play()))}
    >
      <Icon name={isPlaying ? "pause" : "play"} />
    </button>
  );
}
