import type { RoomConnection } from "@whatssound/client";
import { useLayoutEffect, useState } from "preact/hooks";
import { alarm } from "../../app/Alarm";
import { exposeTestingHook } from "../../app/testingHook";
import type { Player, PlayerView } from "../../player/Player";

/** The page's player, as long as the room is shown. */
export interface RoomPlayer {
  view: PlayerView;
  /** Null until it is loaded. */
  player: Player | null;
}

/** After these a browser lets a page make sound. */
const gestures = ["click", "keydown", "touchend"];

const againMs = 3_000;
const silent: PlayerView = { needsTap: false, isHeld: false, trouble: null, syncMs: null, offsetMs: 0, volume: 1, isMuted: false };

/** It comes beside the room, which is shown without it. */
const loadPlayer = () => import("../../player/Player");
let loading = loadPlayer();

export function usePlayer(connection: RoomConnection): RoomPlayer {
  const [view, setView] = useState(silent);
  const [player, setPlayer] = useState<Player | null>(null);
  // Other effects run a frame later, and in a tab that nobody sees there are none.
  useLayoutEffect(() => {
    let stop = (): void => undefined;
    let isShown = true;
    const start = (): void => {
      const again = (): void => {
        loading = loadPlayer();
        start();
      };
      loading.then(
        ({ Player }) => {
          if (!isShown) return;
          const player = new Player(connection, setView);
          setView(player.view);
          setPlayer(player);
          exposeTestingHook(connection, player);
          stop = listen(connection, player);
        },
        () => isShown && alarm.after(againMs, again),
      );
    };
    start();
    return () => {
      isShown = false;
      stop();
    };
  }, [connection]);
  return { view, player };
}

/** Tells a player what happens around it, until the answer is called. */
function listen(connection: RoomConnection, player: Player): () => void {
  const tap = (): void => player.tap();
  const wake = (): void => player.wake();
  gestures.forEach((gesture) => document.addEventListener(gesture, tap, { capture: true }));
  ["visibilitychange", "resume"].forEach((event) => document.addEventListener(event, wake));
  addEventListener("online", wake);
  const unsubscribe = [connection.on("room", () => player.sync()), connection.on("clockReset", () => player.sync())];
  player.sync();
  return () => {
    gestures.forEach((gesture) => document.removeEventListener(gesture, tap, { capture: true }));
    ["visibilitychange", "resume"].forEach((event) => document.removeEventListener(event, wake));
    removeEventListener("online", wake);
    unsubscribe.forEach((stop) => stop());
    player.stop();
  };
}
