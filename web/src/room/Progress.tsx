import { positionAt, type PlaybackVector, type ServerClock } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { clockOf } from "../ui/text";

const tickMs = 200;
const stepMs = 500;

interface Props {
  vector: PlaybackVector;
  clock: ServerClock;
  /** Null: this person may not seek. */
  onSeek: ((positionMs: number) => void) | null;
}

/** Where the song is, for everybody the same; the host moves it. */
export function Progress({ vector, clock, onSeek }: Props) {
  const [dragged, setDragged] = useState<number | null>(null);
  const playing = usePosition(vector, clock);
  const position = dragged ?? playing;
  const share = vector.durationMs > 0 ? position / vector.durationMs : 0;
  const text = `${clockOf(position)} of ${clockOf(vector.durationMs)}`;
  const onChange = (positionMs: number): void => {
    setDragged(null);
    onSeek?.(Math.min(positionMs, vector.durationMs - 1));
  };
  return (
    <div class="progress">
      <span class="time">{clockOf(position)}</span>
      {onSeek ? (
        <input
          type="range"
          aria-label="Position in the song"
          aria-valuetext={text}
          min="0"
          max={vector.durationMs}
          step={stepMs}
          value={position}
          style={{ "--share": share }}
          onInput={(event) => setDragged(event.currentTarget.valueAsNumber)}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      ) : (
        <div
          class="track"
          role="progressbar"
          aria-label="Position in the song"
          aria-valuenow={Math.round(share * 100)}
          aria-valuetext={text}
          style={{ "--share": share }}
        />
      )}
      <span class="time">{clockOf(vector.durationMs)}</span>
    </div>
  );
}

function usePosition(vector: PlaybackVector, clock: ServerClock): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (vector.status !== "playing") return;
    const timer = setInterval(() => setTick((tick) => tick + 1), tickMs);
    return () => clearInterval(timer);
  }, [vector.status]);
  return clock.isSet ? positionAt(vector, clock.nowMs()) : vector.anchorPositionMs;
}
