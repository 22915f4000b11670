import { useLanguage, useMore } from "../../language/Language";
import { useRoom } from "../RoomContext";
import { nameOf } from "./names";
import { useFollows } from "./useFollows";

/** Everybody of whom this person is told when they play. */
export function Follows() {
  const { format } = useLanguage();
  const more = useMore();
  const { room } = useRoom();
  const follows = useFollows();
  const { users, usersMax, unfollow } = follows;
  if (!more || !users) return null;
  const { you } = more;
  return (
    <>
      <h3>{you.follows(format.number(usersMax))}</h3>
      {users.length === 0 && <p class="muted">{you.followsNobody}</p>}
      <ul class="records" data-testid="follows">
        {users.map((userId) => {
          const name = nameOf(room, userId, follows.nameOf(userId));
          return (
            <li key={userId}>
              <bdi>{name}</bdi>
              <button class="quiet" type="button" aria-label={you.unfollow(name)} onClick={() => unfollow(userId)}>
                {you.unfollowShort}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
