import { useMore, useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import type { RoomPlayer } from "./usePlayer";

/** What keeps this device from being heard, and what can be done about it. */
export function Hearing({ view, player }: RoomPlayer) {
  const { playback } = useTexts();
  const more = useMore();
  if (view.isHeld)
    return (
      <p class="held" role="status">
        {playback.held}
        <button type="button" onClick={() => player?.hold(false)}>
          <Icon name="volume" /> {playback.goOn}
        </button>
      </p>
    );
  if (!view.trouble || !more) return null;
  return (
    <p class="error trouble" role="alert" data-trouble={view.trouble}>
      {more.sound[view.trouble]}
    </p>
  );
}
