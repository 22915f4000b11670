import type { RoomPlays, RoomStatistics } from "@whatssound/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { NearList } from "../../ui/NearList";
import { Name } from "../people/Name";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { Export } from "./Export";

const pageLength = 50;
const playGuessPx = 62;

/** Everything that was played here, the newest first, what it comes to, and all of it to take along. */
export function History() {
  const { texts: core, format } = useLanguage();
  const more = useMore();
  const { room, may } = useRoom();
  const run = useRun();
  const { roomId } = room;
  const [pages, setPages] = useState<readonly RoomPlays[]>([]);
  const [figures, setFigures] = useState<RoomStatistics | null>(null);
  const read = useCallback(
    (before: number | null) =>
      void run(async (connection) => {
        const page = (await connection.request("GetPlays", { roomId, max: pageLength, ...(before !== null && { before }) })) as RoomPlays;
        setPages((known) => (before === null ? [page] : [...known, page]));
      }),
    [run, roomId],
  );
  useEffect(() => {
    read(null);
    void run(async (connection) => setFigures((await connection.request("GetStatistics", { roomId })) as RoomStatistics));
  }, [read, run, roomId]);
  if (!more) return null;
  const { history: texts } = more;
  const next = pages.at(-1)?.next ?? null;
  const reasons: Record<string, string | undefined> = texts.reasons;
  return (
    <>
      {figures && <p>{texts.figures(format.number(figures.plays), format.number(figures.songs), format.duration(figures.listenedMs), format.number(figures.peakListeners))}</p>}
      {figures && figures.djs.length > 0 && <p class="muted">{texts.djs(format.list(figures.djs.map(({ userId, name, plays }) => texts.djPlays(nameOf(room, userId, name), format.number(plays)))))}</p>}
      {may("seeRecords") && <Export />}
      {pages[0]?.plays.length === 0 && <p class="muted">{texts.none}</p>}
      {pages.map((page, i) => (
        <NearList key={i} class="records" within=".sheet" count={page.plays.length} guessPx={playGuessPx} isKept={i === 0}>
          {() =>
            page.plays.map(({ number, song }) => (
              <li key={number}>
                <span>
                  <strong dir="auto">{song.track.title}</strong>{" "}
                  <span class="muted">
                    {core.playback.addedBy} <Name room={room} userId={song.addedBy} told={song.addedByName} /> · {format.date(song.startedAtMs)} · {reasons[song.endReason]} · {texts.listeners(song.peakListeners)} ·{" "}
                    {texts.score(song.score)}
                  </span>
                </span>
              </li>
            ))
          }
        </NearList>
      ))}
      {next !== null && (
        <button class="quiet" type="button" onClick={() => read(next)}>
          {more.order.older}
        </button>
      )}
    </>
  );
}
