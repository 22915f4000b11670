import type { NewRoom, RoomConnection } from "@whatssound/client";
import { useState } from "preact/hooks";
import { go } from "../app/route";
import type { More } from "../text";
import { useSentence } from "../ui/problems";
import { tagsIn } from "../ui/tags";
import { randomSuffix, slugOf } from "../ui/text";

/** Opens a room: by its name alone, or with what else it is to be from the beginning. */
export function CreateRoom({ texts, connection }: { texts: More["lobby"]; connection: RoomConnection }) {
  const sentenceOf = useSentence();
  const [room, setRoom] = useState<NewRoom>({ name: "", isListed: true });
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);
  const set = (change: Partial<NewRoom>): void => setRoom({ ...room, ...change });

  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = room.name.trim();
    if (isBusy || !name) return;
    const roomId = `${slugOf(name) || "room"}-${randomSuffix(4)}`;
    setIsBusy(true);
    setProblem(null);
    try {
      const { description, ...rest } = room;
      await connection.createRoom(roomId, { ...rest, name, ...(description?.trim() && { description: description.trim() }) });
      go(`/r/${roomId}`);
    } catch (error) {
      setProblem({ error });
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form class="card create" onSubmit={(event) => void onSubmit(event)}>
      <label for="room-name">{texts.openRoom}</label>
      <div class="field-row">
        <input id="room-name" value={room.name} required maxLength={64} dir="auto" placeholder={texts.namePlaceholder} onInput={(event) => set({ name: event.currentTarget.value })} />
        <button class="primary" type="submit" aria-disabled={isBusy || !room.name.trim()}>
          {texts.open}
        </button>
      </div>
      <label class="check">
        <input type="checkbox" checked={room.isListed} onChange={(event) => set({ isListed: event.currentTarget.checked })} />
        {texts.isListed}
      </label>
      <details>
        <summary>{texts.moreSettings}</summary>
        <label>
          {texts.description}
          <textarea value={room.description ?? ""} maxLength={500} rows={2} dir="auto" onInput={(event) => set({ description: event.currentTarget.value })} />
        </label>
        <label>
          {texts.tags}
          <input dir="auto" placeholder={texts.tagsPlaceholder} onChange={(event) => set({ tags: tagsIn(event.currentTarget.value) })} />
        </label>
        <label class="check">
          <input type="checkbox" checked={room.isTemporary ?? false} onChange={(event) => set({ isTemporary: event.currentTarget.checked })} />
          {texts.isTemporary}
        </label>
      </details>
      {problem && <p class="error" role="alert">{sentenceOf(problem.error)}</p>}
    </form>
  );
}
