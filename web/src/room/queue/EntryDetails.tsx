import type { PlaceReason, QueueEntry } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useMore } from "../../language/Language";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import type { Neighbours } from "./Entry";
import { Reason } from "./Reason";
import { useDo } from "./Undo";

/** Why a song stands where it does, and what can be done about it. */
export function EntryDetails({ entry, before, after, isLast, isJustOpened }: { entry: QueueEntry; isJustOpened: boolean } & Neighbours) {
  const more = useMore();
  const { connection, room, userId, may, barred } = useRoom();
  const run = useRun();
  const act = useDo();
  const [reason, setReason] = useState<PlaceReason | null>(null);
  const { entryId, addedBy } = entry;
  const part = useRef<HTMLDivElement>(null);
  useKeptFocus(part, () => () => part.current!.parentElement!.querySelector<HTMLElement>("[aria-expanded]"));
  const { title } = entry.track;
  const name = nameOf(room, addedBy, entry.addedByName);
  const { revision } = room.queue;
  useEffect(() => {
    let isOver = false;
    connection.placeReason(entryId).then((told) => !isOver && setReason(told), () => undefined);
    return () => void (isOver = true);
  }, [connection, entryId, revision]);
  // Below the fold nobody would see that something has opened.
  useEffect(() => {
    if (isJustOpened) part.current?.scrollIntoView({ block: "nearest" });
  }, [more !== null, reason !== null]);
  if (!more) return null;
  const { entry: texts } = more;
  const mayMove = may("manageQueue") || (addedBy === userId && !barred("timeout"));
  const isPinned = typeof reason?.pinnedBy === "string";
  const mayUnpin = may("manageQueue") || (reason?.pinnedBy === userId && !barred("timeout"));
  const move = (beforeEntryId?: string): void => void act(texts.moved(title), (to) => to.act("MoveEntry", { entryId, ...(beforeEntryId !== undefined && { beforeEntryId }) }));
  const first = room.queue.window[0]?.entryId;
  return (
    <div class="entry-details" ref={part}>
      {reason && <Reason reason={reason} adder={addedBy === userId ? null : name} nameOf={(id) => nameOf(room, id)} titleOf={(id) => room.queue.window.find((other) => other.entryId === id)?.track.title ?? null} />}
      <p class="line-actions">
        {mayMove && before && <button class="quiet" type="button" onClick={() => move(before.entryId)}>{texts.up}</button>}
        {mayMove && before && first && <button class="quiet" type="button" onClick={() => move(first)}>{texts.top}</button>}
        {mayMove && !isLast && <button class="quiet" type="button" onClick={() => move(after?.entryId)}>{texts.down}</button>}
        {mayMove && !isLast && <button class="quiet" type="button" onClick={() => move()}>{texts.end}</button>}
        {may("pinSongs") && !isPinned && <button class="quiet" type="button" onClick={() => void act(texts.pinned(title), (to) => to.act("PinEntry", { entryId }))}>{texts.pin}</button>}
        {isPinned && mayUnpin && <button class="quiet" type="button" onClick={() => void act(texts.unpinned(title), (to) => to.act("UnpinEntry", { entryId }))}>{texts.unpin}</button>}
        {may("controlPlayback") && <button class="quiet" type="button" onClick={() => void run((to) => to.act("PlayEntry", { entryId }))}>{texts.playNow}</button>}
        {may("manageQueue") && addedBy !== userId && <button class="quiet" type="button" onClick={() => void act(texts.clearedOf(name), (to) => to.act("ClearQueue", { ofUserId: addedBy }))}><bdi>{texts.clearOf(name)}</bdi></button>}
      </p>
    </div>
  );
}
