import type { RoomConnection } from "@whatssound/client";
import { useEffect } from "preact/hooks";

const signs = ["pointerdown", "keydown", "visibilitychange"];
const intervalMs = 60_000;

/** Tells the room that its user has the page before them: whoever has not for minutes has no say about the song that plays. */
export function useActivity(connection: RoomConnection): void {
  useEffect(() => {
    let saidAtMs = -Infinity;
    const say = () => {
      if (document.visibilityState === "hidden" || performance.now() - saidAtMs < intervalMs) return;
      saidAtMs = performance.now();
      void connection.hint("ReportActive", {});
    };
    // A page that is in view and not touched is still looked at.
    const timer = setInterval(say, intervalMs);
    signs.forEach((sign) => document.addEventListener(sign, say));
    return () => {
      clearInterval(timer);
      signs.forEach((sign) => document.removeEventListener(sign, say));
    };
  }, [connection]);
}
