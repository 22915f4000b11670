import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useConnectivity } from "../app/connection";
import { exposeTestingHook } from "../app/testingHook";
import { useMore } from "../language/Language";
import { LanguageChoice } from "../language/LanguageChoice";
import { ConnectionBadge } from "../ui/ConnectionBadge";
import { Logo } from "../ui/Logo";
import { useArrival } from "../ui/useArrival";
import { CreateRoom } from "./CreateRoom";
import { MyRooms } from "./MyRooms";
import { RoomCard } from "./RoomCard";
import { useRooms, type Search } from "./useRooms";
import "./lobby.css";

/** The front page: open a room, or go into one. */
export function Lobby({ connection, name }: { connection: RoomConnection; name: string | null }) {
  const more = useMore();
  const { connectivity } = useConnectivity(connection);
  const [search, setSearch] = useState<Search>({ query: "", tags: [] });
  const { rooms, isPartial, more: onMore } = useRooms(connection, search);
  const title = useArrival(more !== null);
  useEffect(() => exposeTestingHook(connection, null), [connection]);
  if (!more) return null;
  const { lobby } = more;
  const isSearching = search.query !== "" || search.tags.length > 0;
  const onTag = (tag: string): void => setSearch({ ...search, tags: search.tags.includes(tag) ? search.tags.filter((other) => other !== tag) : [...search.tags, tag] });
  return (
    <div class="lobby">
      <header class="top">
        <Logo />
        <LanguageChoice />
        <ConnectionBadge connectivity={connectivity} />
      </header>
      <main>
        <section class="lobby-hero">
          <h1 ref={title} tabIndex={-1} dir="auto">{name ? lobby.hello(name) : lobby.helloNobody}</h1>
          <p>{lobby.about}</p>
          <CreateRoom texts={lobby} connection={connection} />
        </section>
        <MyRooms texts={lobby} connection={connection} />
        <section aria-labelledby="rooms-title">
          <h2 id="rooms-title">{lobby.rooms}</h2>
          <search class="search">
            <label class="hidden" for="room-query">
              {lobby.search}
            </label>
            <input id="room-query" type="search" maxLength={64} dir="auto" placeholder={lobby.search} value={search.query} onInput={(event) => setSearch({ ...search, query: event.currentTarget.value.trim() })} />
            {search.tags.map((tag) => (
              <button key={tag} class="tag-chip" type="button" aria-pressed aria-label={lobby.notTag(tag)} onClick={() => onTag(tag)}>
                <bdi>{tag}</bdi> ×
              </button>
            ))}
          </search>
          {rooms === null && <p class="muted">{lobby.looking}</p>}
          {rooms?.length === 0 && <p class="empty card">{isSearching ? lobby.noneFound : lobby.nobody}</p>}
          <ul class="rooms">
            {rooms?.map((room) => (
              <RoomCard key={room.roomId} texts={lobby} room={room} onTag={onTag} />
            ))}
          </ul>
          {isPartial && <p class="muted">{lobby.partial}</p>}
          {onMore && (
            <button class="quiet" type="button" onClick={onMore}>
              {lobby.more}
            </button>
          )}
        </section>
      </main>
    </div>
  );
}
