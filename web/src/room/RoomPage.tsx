import { RefusalError, type RoomConnection, type RoomKey } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRoomState } from "../app/connection";
import { usePlace } from "../app/Place";
import { go } from "../app/route";
import { useTelling } from "../app/useTelling";
import { useTexts } from "../language/Language";
import { lazy } from "../ui/lazy";
import { Notice } from "../ui/Notice";
import { useSentence } from "../ui/problems";
import { mayIn } from "./people/permissions";
import { Room } from "./Room";
import { useActivity } from "./useActivity";

const Reopen = lazy(() => import("./Reopen").then(({ Reopen }) => Reopen));
const TryAgain = lazy(() => import("./TryAgain").then(({ TryAgain }) => TryAgain));
const KeyForm = lazy(() => import("./KeyForm").then(({ KeyForm }) => KeyForm));

/** What a room can be asked again with, by another key. */
const locked = /^(PASSWORD|INVITE)_/;

/** Joins the room of the address, with the invite in it if there is one; asks for what else it takes, and says so when it cannot be. */
export function RoomPage({ connection, userId, roomId }: { connection: RoomConnection; userId: string; roomId: string }) {
  const { room: texts } = useTexts();
  const sentenceOf = useSentence();
  const { isOwnPage, invite } = usePlace();
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);
  const [key, setKey] = useState<RoomKey>(() => (isOwnPage ? keyInAddress() : invite ? { invite } : {}));
  const room = useRoomState(connection);
  const code = problem?.error instanceof RefusalError ? problem.error.code : "";
  const isLocked = locked.test(code);
  const retryAfterMs = problem?.error instanceof RefusalError ? problem.error.retryAfterMs : null;
  const last = useRef(room);
  if (room) last.current = room;
  const mayReopen = code === "ROOM_CLOSED" && last.current?.roomId === roomId && mayIn(last.current, userId, "reopenRoom");
  useActivity(connection);
  useTelling(room, roomId, userId, isLocked ? null : problem?.error);
  useEffect(() => {
    let isHere = true;
    setProblem(null);
    connection.join(roomId, null, key).catch((error: unknown) => isHere && setProblem({ error }));
    const unsubscribe = connection.on("left", (error) => setProblem({ error }));
    return () => {
      isHere = false;
      unsubscribe();
      void connection.leave().catch(() => undefined);
    };
  }, [connection, roomId, key]);

  if (problem && isLocked) return <KeyForm code={code} error={problem.error} hasTried={key.invite !== undefined} onKey={setKey} />;
  if (problem) return <Notice title={texts.notHere} text={sentenceOf(problem.error)} {...(isOwnPage && { action: texts.toLobby, onAction: () => go("/") })}>{retryAfterMs !== null && <TryAgain afterMs={retryAfterMs} onTry={() => setKey({ ...key })} />}{mayReopen && <Reopen connection={connection} roomId={roomId} onReopened={() => setKey({ ...key })} />}</Notice>;
  if (room?.roomId !== roomId) return <p class="joining" role="status">{texts.comingIn}</p>;
  return <Room connection={connection} userId={userId} room={room} />;
}

/** An invite stands behind the #, and goes from the address as soon as it is read: whoever is shown the page's address is not invited by that. */
function keyInAddress(): RoomKey {
  const invite = /^#invite=(.+)$/.exec(location.hash)?.[1];
  if (invite === undefined) return {};
  history.replaceState(null, "", location.pathname);
  return { invite: decodeURIComponent(invite) };
}
