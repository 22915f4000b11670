import type { Track } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { lazy } from "../../ui/lazy";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useHouseSongs } from "./useHouseSongs";

const ByAddress = lazy(() => import("./ByAddress").then(({ ByAddress }) => ByAddress));

/** Adds one of the house's songs, or any audio address. */
export function AddSong() {
  const { room } = useRoom();
  const { texts } = useLanguage();
  const more = useMore();
  const run = useRun();
  const songs = useHouseSongs();
  const [isOpen, setIsOpen] = useState(false);
  const [added, setAdded] = useState("");
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const queued = new Set([room.queue.current, ...room.queue.window].map((entry) => entry?.track.url));
  const add = async (song: Track): Promise<void> => {
    setWaiting((urls) => new Set(urls).add(song.url));
    if (await run((connection) => connection.enqueue([song]))) setAdded(more?.entry.added(song.title) ?? "");
    setWaiting((urls) => new Set([...urls].filter((url) => url !== song.url)));
  };
  return (
    <section class="add" aria-labelledby="add-title">
      <h3 id="add-title" tabIndex={-1}>
        {texts.queue.add}
      </h3>
      <ul class="house" aria-label={texts.queue.house}>
        {songs.map((song) => (
          <HouseSong key={song.url} song={song} isQueued={queued.has(song.url)} isWaiting={waiting.has(song.url)} onAdd={() => void add(song)} />
        ))}
      </ul>
      <p class="hidden" role="status">
        {waiting.size > 0 ? texts.queue.waiting : added}
      </p>
      <details class="add-address" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{texts.queue.byAddress}</summary>
        {isOpen && <ByAddress />}
      </details>
    </section>
  );
}

/** It says when it waits: without a network it is added as soon as there is one. */
function HouseSong({ song, isQueued, isWaiting, onAdd }: { song: Track; isQueued: boolean; isWaiting: boolean; onAdd: () => void }) {
  const { format } = useLanguage();
  const isOff = isQueued || isWaiting;
  return (
    <li>
      <button type="button" aria-disabled={isOff} aria-busy={isWaiting} title={song.artist ?? ""} onClick={() => !isOff && onAdd()}>
        <Icon name={isWaiting ? "wait" : isQueued ? "check" : "plus"} />
        <span class="house-title">{song.title}</span>
        <span class="muted">{format.clock(song.durationMs)}</span>
      </button>
    </li>
  );
}
