import { useMore } from "../../language/Language";
import { useRoom } from "../RoomContext";
import { nameOf } from "./names";
import { useFollows } from "./useFollows";

/** Whether this person is told when somebody plays, in whatever room. */
export function Follow({ userId, told }: { userId: string; told?: string | null | undefined }) {
  const more = useMore();
  const { room } = useRoom();
  const { users, follow, unfollow } = useFollows();
  if (!more || !users) return null;
  const { person } = more;
  const isFollowed = users.includes(userId);
  return (
    <button class="quiet" type="button" onClick={() => (isFollowed ? unfollow(userId) : follow(userId, nameOf(room, userId, told)))}>
      {isFollowed ? person.unfollow : person.follow}
    </button>
  );
}
