import { useState } from "preact/hooks";
import { useLanguage } from "../../language/Language";
import { lazy } from "../../ui/lazy";
import type { RoomPlayer } from "./usePlayer";

const Calibration = lazy(async () => (await import("./Calibration")).Calibration);

/** How well this device is in sync, as long as there is something to be heard, and what its speakers add, to be set by ear. */
export function Sync({ isSilent, ...props }: RoomPlayer & { isSilent: boolean }) {
  const { texts, format } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const { syncMs, offsetMs } = props.view;
  const ms = (value: number): string => texts.playback.milliseconds(format.number(value));
  return (
    <details class="sync" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {syncMs === null || isSilent ? texts.playback.sound : texts.playback.within(ms(syncMs))}
        {offsetMs !== 0 && ` · ${texts.playback.late(ms(offsetMs))}`}
      </summary>
      {isOpen && <Calibration {...props} />}
    </details>
  );
}
