import type { RoomConnection, RoomState } from "@whatssound/client";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useConnectivity } from "../app/connection";
import { usePlace } from "../app/Place";
import { useTexts } from "../language/Language";
import { ConnectionBadge } from "../ui/ConnectionBadge";
import { Logo } from "../ui/Logo";
import { lazy } from "../ui/lazy";
import { Part } from "../ui/Part";
import { useArrival } from "../ui/useArrival";
import { ChatContext, useChatOf } from "./chat/ChatContext";
import { CopyLink } from "./CopyLink";
import { useMySanctions } from "./moderation/useMySanctions";
import { Menu } from "./Menu";
import { Panel } from "./Panel";
import { NowPlaying } from "./playback/NowPlaying";
import { usePlayer } from "./playback/usePlayer";
import { RoomContext, viewOf } from "./RoomContext";
import { Tabs, type PanelName } from "./Tabs";
import { Toast } from "./Toast";
import { Tries } from "./Tries";
import "./room.css";

// Shown with the room, and loaded behind it: the song does not wait for them.
const Queue = lazy(() => import("./queue/Queue").then(({ Queue }) => Queue));
const People = lazy(() => import("./people/People").then(({ People }) => People));
const Offer = lazy(() => import("./roles/Offer").then(({ Offer }) => Offer));
const Notices = lazy(() => import("./Notices").then(({ Notices }) => Notices));
const SongPulse = lazy(() => import("./playback/SongPulse").then(({ SongPulse }) => SongPulse));
const Chat = lazy(() => import("./chat/Chat").then(({ Chat }) => Chat));

export function Room({ connection, userId, room }: { connection: RoomConnection; userId: string; room: RoomState }) {
  const texts = useTexts();
  const { connectivity, applied } = useConnectivity(connection);
  const sanctions = useMySanctions(connection, room, userId);
  const view = useMemo(() => viewOf(connection, room, userId, sanctions), [connection, room, userId, sanctions]);
  const chat = useChatOf(connection, room.roomId, userId);
  const player = usePlayer(connection);
  const [panel, setPanel] = useState<PanelName>("queue");
  const title = useTitle(room.settings.name);
  return (
    <RoomContext.Provider value={view}>
      <ChatContext.Provider value={chat}>
        <div class="room" data-panel={panel}>
          <header class="top">
            <Logo />
            <div class="room-name">
              <h1 ref={title} tabIndex={-1} dir="auto" title={room.settings.name}>
                {room.settings.name}
              </h1>
            </div>
            <div class="room-actions">
              <CopyLink />
              <Menu />
            </div>
            <ConnectionBadge connectivity={connectivity} />
          </header>
          <div role="status">
            {room.roles?.ownershipOffer && (
              <Tries>
                <Offer />
              </Tries>
            )}
          </div>
          <main class="room-grid">
            <Part name={texts.room.theSong}>
              <div class="now-part">
                <Tries>
                  <NowPlaying {...player} />
                  <SongPulse />
                </Tries>
              </div>
            </Part>
            <Tabs panel={panel} onSelect={setPanel} />
            <Panel kind="queue" title={texts.queue.title} name={texts.room.theQueue} aside={<span class="muted">{room.queue.total > 0 && texts.queue.songs(room.queue.total)}</span>}>
              <Queue />
            </Panel>
            <Panel kind="people" title={texts.people.title} name={texts.room.thePeople} aside={<span class="muted" data-testid="member-total">{room.memberTotal}</span>}>
              <People />
            </Panel>
            <Panel kind="chat" title={texts.chat.title} name={texts.room.theChat}>
              <Chat />
            </Panel>
          </main>
          <Notices />
          <Toast connectivity={connectivity} applied={applied} />
        </div>
      </ChatContext.Provider>
    </RoomContext.Provider>
  );
}

/** Names the tab after the room; whoever comes in is at its title. */
function useTitle(name: string) {
  const { isOwnPage } = usePlace();
  const title = useArrival();
  useEffect(() => {
    if (!isOwnPage) return;
    document.title = `${name} · WhatsSound`;
    return () => void (document.title = "WhatsSound");
  }, [name, isOwnPage]);
  return title;
}
