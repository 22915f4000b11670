import type { QueueEntry } from "@whatssound/client";
import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { lazy } from "../../ui/lazy";
import { NearList } from "../../ui/NearList";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { useRoom } from "../RoomContext";
import { AddSong } from "./AddSong";
import { Entry } from "./Entry";
import { Played } from "./Played";
import { Undo } from "./Undo";
import { useWholeQueue } from "./useWholeQueue";
import "./queue.css";

const QueueControls = lazy(() => import("./QueueControls").then(({ QueueControls }) => QueueControls));

/** So many songs come and go together. */
const chunkLength = 10;
const entryGuessPx = 66;

/** With more songs than that, what adds one is out of sight. */
const jumpFrom = 2;

/** What comes next, and what was played. */
export function Queue() {
  const { queue } = useTexts();
  const { room, may, barred } = useRoom();
  const [isWhole, setIsWhole] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list, followerOf(list));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { rest, isLoading } = useWholeQueue(isWhole);
  const { window: first, total, mode } = room.queue;
  const entries = [...first, ...rest];
  const isLocked = room.settings.isQueueLocked && !may("lockQueue") && !may("manageQueue");
  const isClosed = barred("queueBan", "timeout") ? queue.barred : isLocked || !may("addSongs") ? queue.locked : null;
  const toggle = (entryId: string): void => {
    const others = entries.map((entry) => entry.entryId).filter((id) => id !== entryId && open.has(id));
    setOpen(new Set(open.has(entryId) ? others : [...others, entryId]));
  };
  const place = (entry: QueueEntry, at: number) => <Entry key={entry.entryId} entry={entry} isOpen={open.has(entry.entryId)} onToggle={() => toggle(entry.entryId)} before={entries[at - 1]} after={entries[at + 2]} isLast={at === total - 1} />;
  return (
    <Undo>
      {isClosed && <p class="muted">{isClosed}</p>}
      {!isClosed && entries.length > jumpFrom && (
        <button class="quiet to-add" type="button" onClick={(event) => toAdd(event.currentTarget)}>
          <Icon name="plus" /> {queue.add}
        </button>
      )}
      {total > 0 && (
        <details class="queue-mode">
          <summary>{queue.orders[mode]}</summary>
          <QueueControls />
        </details>
      )}
      {entries.length === 0 && <p class="empty">{queue.empty}</p>}
      <div class="entries" data-testid="queue" ref={list}>
        {chunksOf(entries).map((chunk, i) => (
          <NearList key={i} within=".queue" count={chunk.length} guessPx={entryGuessPx} isKept={i === 0}>
            {() => chunk.map((entry, j) => place(entry, i * chunkLength + j))}
          </NearList>
        ))}
      </div>
      {total > first.length && (
        <button class="quiet" type="button" aria-expanded={isWhole} aria-busy={isLoading} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? queue.less : queue.all(total)}
        </button>
      )}
      {!isClosed && <AddSong />}
      {room.history.length > 0 && <Played />}
    </Undo>
  );
}

/** The focus goes with a song, and where the song goes for good, to the one that is there then. */
const followerOf = (list: RefObject<HTMLDivElement | null>) => (had: HTMLElement) => {
  const rows = (): HTMLElement[] => [...list.current!.querySelectorAll<HTMLElement>("[data-entry]")];
  const nameOf = (button: Element): string | null => button.getAttribute("aria-label") ?? button.textContent;
  const name = nameOf(had);
  const row = had.closest<HTMLElement>("[data-entry]");
  const at = rows().indexOf(row!);
  return () => {
    const left = rows();
    const same = left.find((other) => other.dataset.entry === row?.dataset.entry);
    const button = same && [...same.querySelectorAll("button")].find((one) => nameOf(one) === name);
    const near = same ?? left[Math.min(at, left.length - 1)];
    return button ?? near?.querySelector<HTMLElement>("[aria-expanded]") ?? list.current!.parentElement!.querySelector<HTMLElement>(".add h3");
  };
};

function toAdd(from: HTMLElement): void {
  const title = from.closest(".queue")!.querySelector<HTMLElement>(".add h3")!;
  title.scrollIntoView({ block: "start" });
  title.focus({ preventScroll: true });
}

function chunksOf(entries: readonly QueueEntry[]): (readonly QueueEntry[])[] {
  return Array.from({ length: Math.ceil(entries.length / chunkLength) }, (_, i) => entries.slice(i * chunkLength, (i + 1) * chunkLength));
}
