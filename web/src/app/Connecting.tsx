import type { RoomConnection } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { useTexts } from "../language/Language";
import { NameRefused } from "../entrance/guestToken";
import { lazy } from "../ui/lazy";
import { Notice } from "../ui/Notice";
import { Problem, useSentence } from "../ui/problems";
import { useOnline } from "./network";

const NameAgain = lazy(() => import("../entrance/NameAgain").then(({ NameAgain }) => NameAgain));

/** After that time without an answer the person is told that there is none. */
const patienceMs = 5_000;

/** Where there is no network: then the answer would come from this machine, if at all. */
const offlinePatienceMs = 500;

/** Shown until the server has said who the person is. What keeps it from that is said; the connection goes on trying. */
export function Connecting({ connection, roomId = null }: { connection: RoomConnection; roomId?: string | null }) {
  const { app } = useTexts();
  const sentenceOf = useSentence();
  const isOnline = useOnline();
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const timer = setTimeout(() => setProblem((known: unknown) => known ?? new Problem((texts) => texts.app.noAnswerYet)), isOnline ? patienceMs : offlinePatienceMs);
    const unsubscribe = connection.on("error", (error) => setProblem((known: unknown) => (known instanceof NameRefused ? known : error)));
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [connection, isOnline]);
  if (!problem) return <p class="joining" role="status">{app.connecting}</p>;
  if (problem instanceof NameRefused) return <NameAgain connection={connection} roomId={roomId} problem={problem} onName={() => setProblem(null)} />;
  return <Notice title={isOnline ? app.notConnected : app.offline} text={isOnline ? sentenceOf(problem) : app.offlineIs} hint={app.tryingAgain} action={app.tryNow} onAction={() => connection.wake()} />;
}
