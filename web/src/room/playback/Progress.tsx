import { positionAt, type PlaybackVector, type ServerClock } from "@whatssound/client";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLanguage } from "../../language/Language";
import { useSeek, type Seek } from "./useSeek";

const tickMs = 200;
const stepMs = 500;
const keySteps: Record<string, number> = { ArrowLeft: -5_000, ArrowDown: -5_000, ArrowRight: 5_000, ArrowUp: 5_000, PageDown: -30_000, PageUp: 30_000 };

interface Props {
  vector: PlaybackVector;
  clock: ServerClock;
  /** Null: this person may not seek. */
  onSeek: Seek | null;
}

/** Where the song is, for everybody the same; who may moves it. */
export function Progress({ vector, clock, onSeek }: Props) {
  const { texts, format } = useLanguage();
  const bar = useSeek(vector, onSeek ?? (() => Promise.resolve(false)));
  const playing = usePosition(vector, clock);
  const position = bar.wantedMs ?? playing;
  const share = vector.durationMs > 0 ? position / vector.durationMs : 0;
  const text = texts.playback.positionOf(format.clock(position), format.clock(vector.durationMs));
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    // A hand that took the bar and let it go where it was has left no change.
    bar.drop();
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    bar.choose(position + step);
  };
  return (
    <div class="progress">
      <span class="time">{format.clock(position)}</span>
      {onSeek ? (
        <input
          type="range"
          aria-label={texts.playback.position}
          aria-valuetext={text}
          min="0"
          max={vector.durationMs}
          step={stepMs}
          value={position}
          style={{ "--share": share }}
          onPointerDown={bar.take}
          onInput={(event) => bar.drag(event.currentTarget.valueAsNumber)}
          onChange={(event) => {
            bar.choose(event.currentTarget.valueAsNumber);
            bar.drop();
          }}
          onPointerCancel={bar.drop}
          onKeyDown={onKeyDown}
        />
      ) : (
        <div
          class="track"
          role="progressbar"
          aria-label={texts.playback.position}
          aria-valuenow={Math.round(share * 100)}
          aria-valuetext={text}
          style={{ "--share": share }}
        />
      )}
      <span class="time">{format.clock(vector.durationMs)}</span>
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
