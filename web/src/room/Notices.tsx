import type { Publication } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { usePlace } from "../app/Place";
import { go } from "../app/route";
import { useMore } from "../language/Language";
import { Icon } from "../ui/Icon";
import { useRoom } from "./RoomContext";
import { noticeOf, type Told } from "./noticeOf";

const keptMax = 4;
const shownMs = 8_000;

/** What is forbidden to somebody, and why, has to be read. */
const gravelyMs = 15_000;

/** What this person alone is told, in whichever room it happened: their song comes next, somebody mentions them, somebody was reported. */
export function Notices() {
  const more = useMore();
  const { isOwnPage } = usePlace();
  const { connection, room, userId } = useRoom();
  const [told, setTold] = useState<readonly (Told & { id: string })[]>([]);
  useEffect(() => {
    const channel = connection.connection.channel(`user:${userId}:notifications`);
    const listener = (publication: Publication): void => {
      const notice = noticeOf(publication);
      if (!notice) return;
      setTold((known) => [...known, { ...notice, id: publication.id }].slice(-keptMax));
      setTimeout(() => setTold((known) => known.filter(({ id }) => id !== publication.id)), publication.event === "sanction" || publication.event === "report" ? gravelyMs : shownMs);
    };
    void channel.subscribe(listener).catch(() => undefined);
    return () => void channel.unsubscribe(listener).catch(() => undefined);
  }, [connection, userId]);
  const shown = told.filter(({ isInSight, roomId }) => !isInSight || roomId !== room.roomId);
  return (
    <div class="notices" role="status" aria-live="polite">
      <ul>
        {more &&
          shown.map((notice) => (
            <li key={notice.id}>
              <bdi>{notice.sentence(more)}</bdi>
              {isOwnPage && notice.roomId !== room.roomId && (
                <button class="quiet" type="button" onClick={() => go(`/r/${notice.roomId}`)}>
                  {more.notices.goThere}
                </button>
              )}
              <button class="bare" type="button" aria-label={more.notices.dismiss} onClick={() => setTold(told.filter(({ id }) => id !== notice.id))}>
                <Icon name="close" />
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}
