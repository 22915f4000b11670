import type { RoomConnection, RoomState } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useConnectivity } from "../app/connection";
import { ConnectionBadge } from "../ui/ConnectionBadge";
import { Logo } from "../ui/Logo";
import { Part } from "../ui/Part";
import { Chat } from "./Chat";
import { CopyLink } from "./CopyLink";
import { NowPlaying } from "./NowPlaying";
import { People } from "./People";
import { Queue } from "./Queue";
import { ActionsContext, useActions } from "./actions";
import { Toast } from "./Toast";
import { usePlayer } from "./usePlayer";

const panels = ["queue", "chat", "people"] as const;
type Panel = (typeof panels)[number];

export function Room({ connection, userId, room }: { connection: RoomConnection; userId: string; room: RoomState }) {
  const { connectivity, applied } = useConnectivity(connection);
  const { actions, problem } = useActions(connection);
  const player = usePlayer(connection);
  const [panel, setPanel] = useState<Panel>("queue");
  useEffect(() => {
    document.title = `${room.settings.name} · WhatsSound`;
    return () => void (document.title = "WhatsSound");
  }, [room.settings.name]);

  return (
    <ActionsContext.Provider value={actions}>
      <div class="room" data-panel={panel}>
        <header class="top">
          <Logo />
          <div class="room-name">
            <h1>{room.settings.name}</h1>
            <CopyLink />
          </div>
          <ConnectionBadge connectivity={connectivity} />
        </header>
        <main class="room-grid">
          <Part name="The song">
            <NowPlaying connection={connection} room={room} userId={userId} player={player} />
          </Part>
          <Tabs panel={panel} room={room} onSelect={setPanel} />
          <Part name="The queue">
            <Queue room={room} userId={userId} />
          </Part>
          <Part name="The list of people">
            <People room={room} userId={userId} />
          </Part>
          <Part name="The chat">
            <Chat room={room} userId={userId} />
          </Part>
        </main>
        <Toast problem={problem} note={noteOf(connectivity, applied)} />
      </div>
    </ActionsContext.Provider>
  );
}

function noteOf(connectivity: string, applied: number): string | null {
  if (connectivity === "recovered") return applied === 0 ? "You are back. Nothing happened meanwhile." : `You are back, with the ${applied} updates in between.`;
  return connectivity === "lost" ? "You are back. The room was loaded anew." : null;
}

function Tabs({ panel, room, onSelect }: { panel: Panel; room: RoomState; onSelect: (panel: Panel) => void }) {
  const titles = { queue: `Queue ${room.queue.total || ""}`, chat: "Chat", people: `People ${room.memberTotal}` };
  return (
    <nav class="tabs" aria-label="Parts of the room">
      {panels.map((name) => (
        <button key={name} type="button" aria-pressed={panel === name} onClick={() => onSelect(name)}>
          {titles[name]}
        </button>
      ))}
    </nav>
  );
}
