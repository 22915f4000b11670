import type { RoomState, Track } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { readDurationMs } from "../player/readDuration";
import { Icon } from "../ui/Icon";
import { sentenceOf } from "../ui/refusals";
import { clockOf } from "../ui/text";
import { useRun } from "./actions";

/** Adds one of the house's songs, or any audio address. */
export function AddSong({ room }: { room: RoomState }) {
  const run = useRun();
  const songs = useHouseSongs();
  const queued = new Set([room.queue.current, ...room.queue.window].map((entry) => entry?.track.url));
  return (
    <div class="add">
      <ul class="house" aria-label="Songs of the house">
        {songs.map((song) => (
          <li key={song.url}>
            <button type="button" disabled={queued.has(song.url)} title={song.artist ?? ""} onClick={() => void run((c) => c.enqueue([song]))}>
              <Icon name="plus" />
              {song.title}
              <span class="muted">{clockOf(song.durationMs)}</span>
            </button>
          </li>
        ))}
      </ul>
      <AddByAddress />
    </div>
  );
}

function AddByAddress() {
  const run = useRun();
  const [url, setUrl] = useState("");
  const [title, setTitle] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(null);
    try {
      const address = new URL(url.trim(), location.href);
      const durationMs = await readDurationMs(address.href);
      const track = { url: addressOf(address), title: title.trim() || titleOf(address), durationMs };
      if (await run((connection) => connection.enqueue([track]))) {
        setUrl("");
        setTitle("");
      }
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <details class="add-address">
      <summary>Add by address</summary>
      <form onSubmit={(event) => void onSubmit(event)}>
        <label>
          Address of an audio file
          <input type="url" required maxLength={2000} placeholder="https://…/song.mp3" value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
        </label>
        <label>
          Title
          <input maxLength={200} placeholder="Taken from the address if empty" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <button class="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Listening in…" : "Add"}
        </button>
        {problem && <p class="error" role="alert">{problem}</p>}
      </form>
    </details>
  );
}

function useHouseSongs(): Track[] {
  const [songs, setSongs] = useState<Track[]>([]);
  useEffect(() => {
    void fetch("/tracks/catalog.json")
      .then((response) => response.json() as Promise<Track[]>)
      .then(setSongs, () => undefined);
  }, []);
  return songs;
}

/** A song of this server goes by its path, so that everybody gets it from the address they use. */
function addressOf(address: URL): string {
  return address.origin === location.origin ? address.pathname + address.search : address.href;
}

function titleOf(address: URL): string {
  const file = decodeURIComponent(address.pathname.split("/").pop() ?? "");
  return file.replace(/\.[a-z0-9]+$/i, "").replace(/[-_]+/g, " ").trim().slice(0, 200) || address.hostname;
}
