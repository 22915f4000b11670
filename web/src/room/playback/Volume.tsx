import { useLanguage } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import type { RoomPlayer } from "./usePlayer";

/** How loud it is on this device. */
export function Volume({ view, player }: RoomPlayer) {
  const { texts: { playback }, format } = useLanguage();
  const { volume, isMuted } = view;
  return (
    <div class="volume">
      <button class="bare" type="button" aria-label={isMuted ? playback.unmute : playback.mute} onClick={() => player?.setLoudness({ isMuted: !isMuted })}>
        <Icon name={isMuted ? "muted" : "volume"} />
      </button>
      <input
        type="range"
        aria-label={playback.volume}
        min="0"
        max="1"
        step="0.05"
        value={isMuted ? 0 : volume}
        aria-valuetext={format.percent(isMuted ? 0 : volume)}
        onInput={(event) => player?.setLoudness({ volume: event.currentTarget.valueAsNumber, isMuted: false })}
      />
    </div>
  );
}
