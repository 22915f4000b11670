import type { RoomConnection, TokenSource } from "@whatssound/client";
import { useMemo } from "preact/hooks";
import { Entrance } from "../entrance/Entrance";
import { Lobby } from "../lobby/Lobby";
import { RoomPage } from "../room/RoomPage";
import { Part } from "../ui/Part";
import { connect, useIdentity } from "./connection";
import { Connecting } from "./Connecting";
import { roomIdOf, usePath } from "./route";

export function App() {
  const roomId = roomIdOf(usePath());
  return (
    <Part name="The page">
      <Entrance isInvited={roomId !== null}>{(token) => <Connected token={token} roomId={roomId} />}</Entrance>
    </Part>
  );
}

function Connected({ token, roomId }: { token: TokenSource; roomId: string | null }) {
  const connection = useMemo<RoomConnection>(() => connect(token), [token]);
  const identity = useIdentity(connection);
  if (!identity) return <Connecting connection={connection} />;
  return roomId ? (
    <RoomPage key={roomId} connection={connection} userId={identity.userId} roomId={roomId} />
  ) : (
    <Lobby connection={connection} name={identity.displayName} />
  );
}
