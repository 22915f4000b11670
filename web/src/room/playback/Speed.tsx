import { useLanguage } from "../../language/Language";
import { Choice } from "../../ui/Choice";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

const speeds = [500, 750, 900, 1000, 1100, 1250, 1500, 2000];

/** How fast the song plays for everybody: chosen by who may, and told to the others where it is not as usual. */
export function Speed() {
  const { texts, format } = useLanguage();
  const { room, may } = useRoom();
  const run = useRun();
  const { ratePermille } = room.playback;
  const { playback } = texts;
  const textOf = (rate: number): string => playback.times(format.number(rate / 1000));
  if (!may("controlPlayback")) {
    if (ratePermille === 1000) return null;
    return (
      <span class="speed">
        <span class="hidden">{playback.speed}</span> {textOf(ratePermille)}
      </span>
    );
  }
  const offered = [...new Set([...speeds, ratePermille])].sort((a, b) => a - b);
  return (
    <div class="speed">
      <Choice isBare label={playback.speed} value={`${ratePermille}`} options={offered.map((rate) => [`${rate}`, textOf(rate)])} onChoose={(rate) => run((to) => to.act("SetRate", { ratePermille: Number(rate) }))} />
    </div>
  );
}
