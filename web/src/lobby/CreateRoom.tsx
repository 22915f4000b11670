import type { RoomConnection } from "@whatssound/client";
import { useState } from "preact/hooks";
import { go } from "../app/route";
import { sentenceOf } from "../ui/refusals";
import { randomSuffix, slugOf } from "../ui/text";

export function CreateRoom({ connection }: { connection: RoomConnection }) {
  const [name, setName] = useState("");
  const [isListed, setIsListed] = useState(true);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const roomId = `${slugOf(name) || "room"}-${randomSuffix(4)}`;
    setIsBusy(true);
    try {
      await connection.createRoom(roomId, { name: name.trim(), isListed });
      go(`/r/${roomId}`);
    } catch (refusal) {
      setError(sentenceOf(refusal));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form class="card create" onSubmit={(event) => void onSubmit(event)}>
      <label for="room-name">Open a room</label>
      <div class="field-row">
        <input
          id="room-name"
          value={name}
          required
          maxLength={64}
          placeholder="Friday night, slow songs…"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button class="primary" type="submit" disabled={isBusy || !name.trim()}>
          Open
        </button>
      </div>
      <label class="check">
        <input type="checkbox" checked={isListed} onChange={(event) => setIsListed(event.currentTarget.checked)} />
        Show it in the list
      </label>
      {error && <p class="error" role="alert">{error}</p>}
    </form>
  );
}
