import type { RoomConnection, UserRoom, UserRooms } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { go } from "../app/route";
import type { More } from "../text";
import { useSentence } from "../ui/problems";

/** The rooms of one's own, those too that nobody finds in the list, and those that one was in last. */
export function MyRooms({ texts, connection }: { texts: More["lobby"]; connection: RoomConnection }) {
  const [rooms, setRooms] = useState<UserRooms | null>(null);
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);
  const sentenceOf = useSentence();
  const read = (): void => void connection.request("GetMyRooms", {}).then((answer) => setRooms(answer as UserRooms), () => undefined);
  useEffect(read, [connection]);
  const reopen = (roomId: string): void => {
    setProblem(null);
    connection.request("ReopenRoom", { roomId, commandId: crypto.randomUUID() }).then(() => go(`/r/${roomId}`), (error: unknown) => setProblem({ error }));
  };
  const owned = rooms?.owned ?? [];
  const joined = (rooms?.joined ?? []).filter((room) => !owned.some((own) => own.roomId === room.roomId));
  if (owned.length + joined.length === 0) return null;
  return (
    <details class="my-rooms">
      <summary>{texts.mine}</summary>
      {problem && <p class="error" role="alert">{sentenceOf(problem.error)}</p>}
      <ul>
        {[...owned, ...joined].map((room) => (
          <Mine key={room.roomId} texts={texts} room={room} onReopen={() => reopen(room.roomId)} />
        ))}
      </ul>
    </details>
  );
}

function Mine({ texts, room: { roomId, name, status }, onReopen }: { texts: More["lobby"]; room: UserRoom; onReopen: () => void }) {
  const isClosed = status === "closed" || status === "archived";
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    go(`/r/${roomId}`);
  };
  return (
    <li>
      {isClosed ? <span dir="auto">{name}</span> : <a href={`/r/${roomId}`} dir="auto" onClick={onClick}>{name}</a>}
      {isClosed && (
        <button class="quiet" type="button" aria-label={texts.reopenRoom(name)} onClick={onReopen}>
          {texts.reopen}
        </button>
      )}
    </li>
  );
}
