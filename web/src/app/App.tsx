import type { RoomConnection } from "@whatssound/client";
import { useMemo, useState } from "preact/hooks";
import { Lobby } from "../lobby/Lobby";
import { Welcome } from "../lobby/Welcome";
import { RoomPage } from "../room/RoomPage";
import { connect } from "./connection";
import { readIdentity, saveName, type Identity } from "./identity";
import { roomIdOf, usePath } from "./route";

export function App() {
  const [identity, setIdentity] = useState(readIdentity);
  const roomId = roomIdOf(usePath());
  if (!identity) return <Welcome isInvited={roomId !== null} onName={(name) => setIdentity(saveName(name))} />;
  return <Connected identity={identity} roomId={roomId} />;
}

function Connected({ identity, roomId }: { identity: Identity; roomId: string | null }) {
  const connection = useMemo<RoomConnection>(() => connect(identity), [identity.userId]);
  return roomId ? (
    <RoomPage key={roomId} connection={connection} identity={identity} roomId={roomId} />
  ) : (
    <Lobby connection={connection} identity={identity} />
  );
}
