import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { Notice } from "../ui/Notice";
import { sentenceOf } from "../ui/refusals";

/** After that time without an answer the person is told that there is none. */
const patienceMs = 5_000;

/** Shown until the server has said who the person is. What keeps it from that is said; the connection goes on trying. */
export function Connecting({ connection }: { connection: RoomConnection }) {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setProblem((known) => known ?? "The server has not answered yet."), patienceMs);
    const unsubscribe = connection.on("error", (error) => setProblem(sentenceOf(error)));
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [connection]);
  if (!problem) return <p class="joining" role="status">Connecting…</p>;
  return <Notice title="Not connected yet" text={problem} hint="Trying again by itself." action="Try now" onAction={() => connection.wake()} />;
}
