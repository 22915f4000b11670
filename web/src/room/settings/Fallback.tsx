import type { FallbackPage, Track } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { AddByAddress } from "../queue/AddByAddress";
import { useHouseSongs } from "../queue/useHouseSongs";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

/** What plays when nothing is queued: songs of the house, those that the room has or had, and any address. What is set is chosen to begin with, also when somebody else sets it anew, but for what is being chosen here. */
export function Fallback() {
  const { format } = useLanguage();
  const more = useMore();
  const { room } = useRoom();
  const run = useRun();
  const house = useHouseSongs();
  const [added, setAdded] = useState<readonly Track[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isTouched, setTouched] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const { settings: texts } = more!;
  const { current, window: queued } = room.queue;
  const songs = new Map([...house, ...[current, ...queued, ...room.history].flatMap((entry) => (entry ? [entry.track] : [])), ...added].map((track) => [track.url, track]));
  const { roomId, fallback } = room;
  useEffect(() => {
    if (!fallback || isTouched) return;
    void run(async (to) => {
      const tracks: Track[] = [];
      for (let from: number | null = 0; from !== null; ) {
        const page = (await to.request("GetFallback", { roomId, from })) as FallbackPage;
        tracks.push(...page.tracks);
        from = page.next;
      }
      setAdded((known) => [...tracks, ...known.filter(({ url }) => !tracks.some((track) => track.url === url))]);
      setChosen(tracks.map(({ url }) => url));
    });
  }, [run, roomId, fallback?.revision, isTouched]);
  const choose = (url: string, isOn: boolean): void => {
    setTouched(true);
    setCount(null);
    setChosen(isOn ? [...chosen, url] : chosen.filter((other) => other !== url));
  };
  const onTrack = (track: Track): Promise<boolean> => {
    setAdded([...added, track]);
    choose(track.url, true);
    return Promise.resolve(true);
  };
  const set = async (urls: readonly string[]): Promise<void> => {
    const tracks = urls.flatMap((url) => songs.get(url) ?? []);
    if (!(await run((to) => to.act("SetFallback", { tracks })))) return;
    setCount(tracks.length);
    setTouched(false);
  };
  return (
    <fieldset class="settings fallback">
      <legend>{texts.fallback}</legend>
      <p class="muted">{texts.fallbackIs}</p>
      <ul aria-label={texts.fallbackSongs}>
        {[...songs.values()].map(({ url, title, durationMs }) => (
          <li key={url}>
            <label class="check">
              <input type="checkbox" checked={chosen.includes(url)} onChange={(event) => choose(url, event.currentTarget.checked)} />
              <bdi>{title}</bdi> <span class="muted">{format.clock(durationMs)}</span>
            </label>
          </li>
        ))}
      </ul>
      <details class="add-address">
        <summary>{more!.address.byAddress}</summary>
        <AddByAddress onTrack={onTrack} />
      </details>
      <p class="line-actions">
        <button type="button" disabled={chosen.length === 0} onClick={() => void set(chosen)}>
          {texts.fallbackSet}
        </button>
        <button type="button" onClick={() => void set([])}>
          {texts.fallbackNone}
        </button>
      </p>
      <p role="status">{count !== null && (count === 0 ? texts.fallbackIsSilence : texts.fallbackIsSet(count))}</p>
    </fieldset>
  );
}
