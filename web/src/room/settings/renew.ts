import type { RoomConnection } from "@whatssound/client";
import { renewal } from "../../app/connection";

/** With that it takes as long as when a network has gone, and that is said. */
const quietMostMs = 5_000;

/** Comes back by another connection, as with another token. */
export function renew(connection: RoomConnection): void {
  let isBack = false;
  renewal.turn(true);
  const end = (): void => {
    stops.forEach((stop) => stop());
    clearTimeout(timer);
    renewal.turn(false);
  };
  const look = (): void => void (isBack && connection.state === "live" && end());
  const stops = [connection.on("recovery", () => ((isBack = true), look())), connection.on("state", look)] as (() => void)[];
  const timer = setTimeout(end, quietMostMs);
  connection.reconnect();
}
