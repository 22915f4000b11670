import { positionAt, type RoomConnection } from "@whatssound/client";
import type { Player } from "../player/Player";

/** What tests read from a page; not an interface for anything else. See web/README.md. */
export interface TestingHook {
  connection: RoomConnection;
  player: Player | null;
  read(): object;
}

declare global {
  interface Window {
    __whatssound?: TestingHook;
  }
}

/** Puts the hook on the window, as `window.__whatssound`, of the page that is built for tests; nothing of it is in any other. */
export function exposeTestingHook(connection: RoomConnection, player: Player | null): void {
  if (import.meta.env.MODE !== "testing") return;
  window.__whatssound = { connection, player, read: () => read(connection, player) };
}

function read(connection: RoomConnection, player: Player | null): object {
  const room = connection.room;
  const sinceMs = performance.now();
  const roomTimeMs = connection.clock.nowMs();
  const audio = player?.report() ?? null;
  return {
    wallMs: performance.timeOrigin + sinceMs,
    // The machine may have held it up between two things that it reads: then they are not of one moment.
    tookMs: performance.now() - sinceMs,
    link: connection.state,
    userId: connection.identity?.userId ?? null,
    room,
    roomTimeMs,
    vector: room?.playback ?? null,
    positionMs: room ? positionAt(room.playback, roomTimeMs) : null,
    audio,
    clock: connection.clock.quality,
    ...connection.progress,
  };
}
