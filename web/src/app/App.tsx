import type { RoomConnection, TokenSource } from "@whatssound/client";
import { useMemo } from "preact/hooks";
import { Entrance } from "../entrance/Entrance";
import { useTexts } from "../language/Language";
import { lazy } from "../ui/lazy";
import { Part } from "../ui/Part";
import { connect, useIdentity } from "./connection";
import { Connecting } from "./Connecting";
import { usePlace } from "./Place";
import { roomIdOf, usePath } from "./route";
import { TokenContext } from "./token";

const loadRoom = () => import("../room/RoomPage").then(({ RoomPage }) => RoomPage);
const RoomPage = lazy(loadRoom);
const Lobby = lazy(() => import("../lobby/Lobby").then(({ Lobby }) => Lobby));

// Who comes by a link is asked for a name, or for a token, while the room's code is loaded.
if (roomIdOf(location.pathname)) void loadRoom().catch(() => undefined);

export function App() {
  const texts = useTexts();
  const roomId = roomIdOf(usePath());
  return (
    <Part name={texts.app.page}>
      <Entrance roomId={roomId}>
        {(token) => (
          <TokenContext.Provider value={token}>
            <Connected token={token} roomId={roomId} />
          </TokenContext.Provider>
        )}
      </Entrance>
    </Part>
  );
}

function Connected({ token, roomId }: { token: TokenSource; roomId: string | null }) {
  const { server } = usePlace();
  const connection = useMemo<RoomConnection>(() => connect(token, server), [token, server]);
  const identity = useIdentity(connection);
  if (!identity) return <Connecting connection={connection} roomId={roomId} />;
  return roomId ? (
    <RoomPage key={roomId} connection={connection} userId={identity.userId} roomId={roomId} />
  ) : (
    <Lobby connection={connection} name={identity.displayName} />
  );
}
