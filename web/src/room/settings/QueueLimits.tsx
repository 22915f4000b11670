import type { QueueLimits as Limits } from "@whatssound/client";
import { useMore } from "../../language/Language";
import { useWanted } from "../../ui/useWanted";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

const numbers = [
  ["songsPerUserMax", 200],
  ["minutesPerUserMax", 1440],
  ["noRepeatMinutes", 1440],
] as const;
const flags = ["isVotingOff", "removesVotedDown"] as const;

/** What the queue takes; each is set as it is changed. */
export function QueueLimits() {
  const more = useMore();
  const { room } = useRoom();
  const { limits } = room.queue;
  const { settings: texts } = more!;
  return (
    <fieldset class="settings">
      <legend>{texts.queue}</legend>
      {numbers.map(([name, max]) => (
        <Limit key={name} name={name} max={max} value={limits?.[name] ?? 0} />
      ))}
      {flags.map((name) => (
        <Flag key={name} name={name} value={limits?.[name] ?? false} />
      ))}
    </fieldset>
  );
}

/** Changes one of them. */
function useLimit<T>(name: keyof Limits, value: T): [T, (wanted: T) => void] {
  const run = useRun();
  const [shown, want] = useWanted(value);
  return [shown, (wanted) => want(wanted, run((to) => to.act("SetQueueMode", { [name]: wanted })))];
}

function Limit({ name, max, value }: { name: (typeof numbers)[number][0]; max: number; value: number }) {
  const { settings: texts } = useMore()!;
  const [shown, want] = useLimit(name, value);
  return (
    <label>
      {texts.limits[name]}
      <input type="number" min={0} max={max} value={shown} onChange={(event) => want(event.currentTarget.valueAsNumber || 0)} />
    </label>
  );
}

function Flag({ name, value }: { name: (typeof flags)[number]; value: boolean }) {
  const { settings: texts } = useMore()!;
  const [shown, want] = useLimit(name, value);
  return (
    <label class="check">
      <input type="checkbox" checked={shown} onChange={(event) => want(event.currentTarget.checked)} />
      {texts.limits[name]}
    </label>
  );
}
