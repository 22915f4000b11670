import { useLanguage } from "../../language/Language";
import { useStore } from "../../ui/Store";
import { useChat } from "../chat/ChatContext";
import { emojis } from "../chat/Pulse";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { Speed } from "./Speed";

/** How the song is received: reactions, for everybody to see. */
export function SongPulse() {
  const { texts, format } = useLanguage();
  const { room, may } = useRoom();
  const pulse = useStore(useChat().pulse);
  const run = useRun();
  const { current } = room.queue;
  if (!current) return null;
  const { entryId } = current;
  const counts = new Map(pulse.reactionsTo(entryId).map(({ emoji, count }) => [emoji, count]));
  const mayReact = may("react");
  return (
    <div class="song-pulse">
      {mayReact &&
        emojis.map((emoji) => (
          <button key={emoji} class="reaction" type="button" aria-label={texts.playback.react(emoji, counts.get(emoji) ?? 0)} onClick={() => void run((to) => to.request("React", { roomId: room.roomId, emoji }))}>
            {emoji} {counts.has(emoji) && <span class="times">{format.number(counts.get(emoji)!)}</span>}
          </button>
        ))}
      <Speed />
    </div>
  );
}
