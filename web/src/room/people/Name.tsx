import type { RoomState } from "@whatssound/client";
import { useTexts } from "../../language/Language";
import { nameOf, tagOf } from "./names";

interface Props {
  room: RoomState;
  userId: string;
  /** What the user was called when they did what stands here. */
  told?: string | null;
}

/** A user's name; with the end of their id, where two who are here have the same. */
export function Name({ room, userId, told }: Props) {
  const texts = useTexts();
  const name = nameOf(room, userId, told);
  const tag = tagOf(room, userId, name);
  return (
    <>
      <bdi>{name}</bdi>
      {tag && (
        <span class="tag" title={texts.people.sameName}>
          {" "}
          #{tag}
        </span>
      )}
    </>
  );
}
