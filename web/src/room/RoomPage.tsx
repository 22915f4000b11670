import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useRoomState } from "../app/connection";
import type { Identity } from "../app/identity";
import { go } from "../app/route";
import { Logo } from "../ui/Logo";
import { sentenceOf } from "../ui/refusals";
import { Room } from "./Room";

/** Joins the room of the address, and says so when that cannot be. */
export function RoomPage({ connection, identity, roomId }: { connection: RoomConnection; identity: Identity; roomId: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const room = useRoomState(connection);
  useEffect(() => {
    let isHere = true;
    connection.join(roomId, { name: identity.name }).catch((error: unknown) => isHere && setProblem(sentenceOf(error)));
    const unsubscribe = connection.on("left", (error) => setProblem(sentenceOf(error)));
    return () => {
      isHere = false;
      unsubscribe();
      void connection.leave().catch(() => undefined);
    };
  }, [connection, roomId]);

  if (problem) return <Nowhere problem={problem} />;
  if (room?.roomId !== roomId) return <p class="joining" role="status">Coming in…</p>;
  return <Room connection={connection} identity={identity} room={room} />;
}

function Nowhere({ problem }: { problem: string }) {
  return (
    <main class="welcome">
      <Logo />
      <section class="card welcome-card">
        <h1>Not here</h1>
        <p role="alert">{problem}</p>
        <button class="primary" type="button" onClick={() => go("/")}>
          To the open rooms
        </button>
      </section>
    </main>
  );
}
