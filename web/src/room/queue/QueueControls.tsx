import type { QueueMode } from "@whatssound/client";
import { useLanguage, useMore } from "../../language/Language";
import { Choice } from "../../ui/Choice";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useDo } from "./Undo";

const modes: readonly QueueMode[] = ["fair", "dj", "fifo", "votes"];

/** How the queue is ordered, and what can be done to all of it. */
export function QueueControls() {
  const { texts } = useLanguage();
  const more = useMore();
  const { room, userId, may, barred } = useRoom();
  const run = useRun();
  const act = useDo();
  const { mode, window: entries } = room.queue;
  if (!more) return null;
  const { entry } = more;
  const hasOwn = !barred("timeout") && entries.some(({ addedBy }) => addedBy === userId);
  return (
    <div class="queue-controls">
      <p class="muted">{entry.modesAre[mode]}</p>
      {may("manageQueue") && (
        <Choice label={entry.mode} value={mode} options={modes.map((other) => [other, texts.queue.modes[other]])} onChoose={(other) => run((to) => to.act("SetQueueMode", { mode: other }))} />
      )}
      <p class="line-actions">
        {hasOwn && <button class="quiet" type="button" onClick={() => void act(entry.clearedMine, (to) => to.act("ClearQueue", { ofUserId: userId }))}>{entry.clearMine}</button>}
        {hasOwn && <button class="quiet" type="button" onClick={() => void act(entry.shuffledMine, (to) => to.act("ShuffleQueue", { ofUserId: userId }))}>{entry.shuffleMine}</button>}
        {may("manageQueue") && <button class="quiet" type="button" onClick={() => void act(entry.cleared, (to) => to.act("ClearQueue", {}))}>{entry.clear}</button>}
        {may("manageQueue") && <button class="quiet" type="button" onClick={() => void act(entry.shuffled, (to) => to.act("ShuffleQueue", {}))}>{entry.shuffle}</button>}
      </p>
    </div>
  );
}
