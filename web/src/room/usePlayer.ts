import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { exposeTestingHook } from "../app/testingHook";
import { Player, type PlayerView } from "../player/Player";

/** The page's player, as long as the room is shown. */
export interface RoomPlayer {
  view: PlayerView;
  tap(): void;
  setVolume(volume: number): void;
}

export function usePlayer(connection: RoomConnection): RoomPlayer {
  const [view, setView] = useState<PlayerView>({ needsTap: false, hasFailed: false, volume: 1 });
  const [player] = useState(() => new Player(connection, setView));
  useEffect(() => {
    player.start();
    exposeTestingHook(connection, player);
    const unsubscribe = [connection.on("room", () => player.sync()), connection.on("clockReset", () => player.sync())];
    return () => {
      unsubscribe.forEach((stop) => stop());
      player.stop();
    };
  }, [connection, player]);
  return { view, tap: () => player.tap(), setVolume: (volume) => player.setVolume(volume) };
}
