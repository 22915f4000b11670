import { RoomConnection, type Environment, type Identity, type LinkState, type RoomState, type TokenSource, type Verdict } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { alarm } from "./Alarm";
import { Store, useStore } from "../ui/Store";
import { useOnline } from "./network";

/** What the person should know about the connection. */
export type Connectivity = LinkState | "recovered" | "lost" | "offline";

const verdictShownMs = 5_000;

/** Whether the connection is given up for another of the same person (`renew`): while that goes quickly nobody is told. */
class Renewal extends Store {
  isOn = false;

  turn(isOn: boolean): void {
    this.isOn = isOn;
    this.changed();
  }
}

export const renewal = new Renewal();

/** A tab that nobody sees comes back as soon as any other. */
const environment: Environment = {
  nowMs: () => performance.now(),
  after: (ms, callback) => alarm.after(ms, callback),
  random: () => Math.random(),
  newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
};

const servers = new WeakMap<RoomConnection, string>();

/** A connection to a server, by its origin. The page has one and keeps it until it goes; an element in the page of an app, until the signal. */
export function connect(token: TokenSource, server: string, signal?: AbortSignal): RoomConnection {
  const connection = new RoomConnection({ url: `${server}/hub`, token, environment });
  servers.set(connection, server);
  addEventListener("online", () => connection.wake(), { signal });
  // Of a connection whose network has gone nothing is heard any more, not even that it has ended.
  addEventListener("offline", () => connection.reconnect(), { signal });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake(), { signal });
  // The others see at once that somebody has closed it.
  signal?.addEventListener("abort", () => void connection.leave().catch(() => undefined).finally(() => connection.stop()));
  void connection.start();
  return connection;
}

/** Where a song is. One of the server's own goes by its path, and the server need not be that of the page. */
export const songAddress = (connection: RoomConnection, url: string): string => new URL(url, servers.get(connection) ?? location.href).href;

/** Who the person is, once the server has said so. */
export const useIdentity = (connection: RoomConnection): Identity | null => useCurrent(connection, "state", (now) => now.identity);

export const useRoomState = (connection: RoomConnection): RoomState | null => useCurrent(connection, "room", (now) => now.room);

/** The link's state, and for some seconds after a new connection what became of the gap. */
export function useConnectivity(connection: RoomConnection): { connectivity: Connectivity; applied: number } {
  const state = useCurrent(connection, "state", (now) => now.state);
  const isOnline = useOnline();
  const [recovery, setRecovery] = useState<{ verdict: Verdict; applied: number } | null>(null);
  const { isOn } = useStore(renewal);
  useEffect(() => connection.on("recovery", (found) => renewal.isOn || setRecovery(found)) as () => void, [connection]);
  useEffect(() => {
    if (!recovery || recovery.verdict === "live") return;
    const timer = setTimeout(() => setRecovery(null), verdictShownMs);
    return () => clearTimeout(timer);
  }, [recovery]);
  const verdict = recovery && recovery.verdict !== "live" ? recovery.verdict : null;
  // What the browser says of the network is believed where nothing speaks against it: a server on the same machine needs none.
  const waiting = !isOnline && (state === "connecting" || state === "reconnecting") ? "offline" : state;
  if (isOn) return { connectivity: "live", applied: 0 };
  return { connectivity: state === "live" && verdict ? verdict : waiting, applied: recovery?.applied ?? 0 };
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
