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
export const useIdentity = (connection: RoomConnection): Identity | null => useCurrent(connection, "state", (now) => now.identity);

export const useRoomState = (connection: RoomConnection): RoomState | null => useCurrent(connection, "room", (now) => now.room);

/** The link's state, and for some seconds after a new connection what became of the gap. */
export function useConnectivity(connection: RoomConnection): { connectivity: Connectivity; applied: number } {
  const state = useCurrent(connection, "state", (now) => now.state);
  const [recovery, setRecovery] = useState<{ verdict: Verdict; applied: number } | null>(null);
  useEffect(() => connection.on("recovery", setRecovery) as () => void, [connection]);
  useEffect(() => {
    if (!recovery || recovery.verdict === "live") return;
    const timer = setTimeout(() => setRecovery(null), verdictShownMs);
    return () => clearTimeout(timer);
  }, [recovery]);
  const verdict = recovery && recovery.verdict !== "live" ? recovery.verdict : null;
  return { connectivity: state === "live" && verdict ? verdict : state, applied: recovery?.applied ?? 0 };
}

/** What is true of the connection now, and again at each event. */
function useCurrent<T>(connection: RoomConnection, event: "state" | "room", read: (connection: RoomConnection) => T): T {
  const [value, setValue] = useState(() => read(connection));
  useEffect(() => {
    const look = (): void => setValue(() => read(connection));
    const unsubscribe = connection.on(event, look);
    // Effects run a frame after the rendering, and in a tab that nobody sees much later: the connection may be live by then.
    look();
    return unsubscribe as () => void;
  }, [connection]);
  return value;
}
