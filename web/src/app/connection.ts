import { RoomConnection, type Identity, type LinkState, type RoomState, type TokenSource, type Verdict } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";

/** What the person should know about the connection. */
export type Connectivity = LinkState | "recovered" | "lost";

const verdictShownMs = 5_000;

/** The page's one connection, kept until the page goes. */
export function connect(token: TokenSource): RoomConnection {
  const connection = new RoomConnection({ url: "/hub", token });
  addEventListener("online", () => connection.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake());
  void connection.start();
  return connection;
}

/** Who the person is, once the server has said so. */
export function useIdentity(connection: RoomConnection): Identity | null {
  const [identity, setIdentity] = useState(connection.identity);
  useEffect(() => connection.on("state", () => setIdentity(connection.identity)) as () => void, [connection]);
  return identity;
}

export function useRoomState(connection: RoomConnection): RoomState | null {
  const [room, setRoom] = useState(connection.room);
  useEffect(() => connection.on("room", setRoom) as () => void, [connection]);
  return room;
}

/** The link's state, and for some seconds after a new connection what became of the gap. */
export function useConnectivity(connection: RoomConnection): { connectivity: Connectivity; applied: number } {
  const [state, setState] = useState(connection.state);
  const [recovery, setRecovery] = useState<{ verdict: Verdict; applied: number } | null>(null);
  useEffect(() => connection.on("state", setState) as () => void, [connection]);
  useEffect(() => connection.on("recovery", setRecovery) as () => void, [connection]);
  useEffect(() => {
    if (!recovery || recovery.verdict === "live") return;
    const timer = setTimeout(() => setRecovery(null), verdictShownMs);
    return () => clearTimeout(timer);
  }, [recovery]);
  const verdict = recovery && recovery.verdict !== "live" ? recovery.verdict : null;
  return { connectivity: state === "live" && verdict ? verdict : state, applied: recovery?.applied ?? 0 };
}
