import type { RoomConnection } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useTexts } from "../language/Language";
import { useSentence } from "../ui/problems";

/** Opens a closed room again, for who may. */
export function Reopen({ connection, roomId, onReopened }: { connection: RoomConnection; roomId: string; onReopened: () => void }) {
  const { room } = useTexts();
  const sentenceOf = useSentence();
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);
  const reopen = (): void => void connection.request("ReopenRoom", { roomId, commandId: crypto.randomUUID() }).then(onReopened, (error: unknown) => setProblem({ error }));
  return (
    <>
      {problem && <p class="error" role="alert">{sentenceOf(problem.error)}</p>}
      <button type="button" onClick={reopen}>
        {room.reopen}
      </button>
    </>
  );
}
