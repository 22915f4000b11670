import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { clicks, clickEveryMs } from "../../player/clicks";
import type { RoomPlayer } from "./usePlayer";

const mostMs = 500;
const stepMs = 5;
const litMs = 90;

/** Finds out by ear how late this device is heard: clicks and a light, which belong together; or the song, beside another device that is right. */
export function Calibration({ view, player }: RoomPlayer) {
  const { texts, format } = useLanguage();
  const more = useMore();
  const [isClicking, setIsClicking] = useState(false);
  const isLit = useClicks(isClicking, player, view.offsetMs);
  const text = texts.playback.milliseconds(format.number(view.offsetMs));
  if (!more) return null;
  const { sound } = more;
  return (
    <div class="calibration">
      <p class="muted">{sound.byEar}</p>
      <label>
        {sound.late}
        <input
          type="range"
          min={-mostMs}
          max={mostMs}
          step={stepMs}
          value={view.offsetMs}
          aria-valuetext={text}
          onInput={(event) => player?.setOffset(event.currentTarget.valueAsNumber)}
        />
        <output>{text}</output>
      </label>
      <div class="clicks">
        <button
          class="quiet"
          type="button"
          aria-pressed={isClicking}
          onClick={() => setIsClicking(!isClicking)}
        >
          {isClicking ? sound.stopClicks : sound.startClicks}
        </button>
        <span class="light" data-lit={isLit} aria-hidden="true" />
      </div>
    </div>
  );
}

/** Plays clicks as songs are played. Whether the light is on: the offset after each click, so that both come together once it is right. */
function useClicks(isOn: boolean, player: RoomPlayer["player"], offsetMs: number): boolean {
  const [isLit, setIsLit] = useState(false);
  const offset = useRef(offsetMs);
  offset.current = offsetMs;
  useEffect(() => {
    if (!isOn) return;
    // Clicks beside a song would not be heard.
    player?.hold(true);
    const audio = new Audio(clicks());
    audio.loop = true;
    void audio.play().catch(() => undefined);
    let frame = requestAnimationFrame(function look() {
      const sinceClickMs = (((audio.currentTime * 1000 - offset.current) % clickEveryMs) + clickEveryMs) % clickEveryMs;
      setIsLit(!audio.paused && sinceClickMs < litMs);
      frame = requestAnimationFrame(look);
    });
    return () => {
      cancelAnimationFrame(frame);
      audio.pause();
      setIsLit(false);
      player?.hold(false);
    };
  }, [isOn, player]);
  return isLit;
}
