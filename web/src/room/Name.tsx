import type { RoomState } from "@whatssound/client";
import { nameOf, tagOf } from "./names";

interface Props {
  room: RoomState;
  userId: string;
  /** What the user was called when they did what stands here. */
  told?: string | null;
}

/** A user's name; with the end of their id, where two who are here have the same. */
export function Name({ room, userId, told }: Props) {
  const name = nameOf(room, userId, told);
  const tag = tagOf(room, userId, name);
  return (
    <>
      <bdi>{name}</bdi>
      {tag && (
        <span class="tag" title="Somebody else here has the same name">
          {" "}
          #{tag}
        </span>
      )}
    </>
  );
}
