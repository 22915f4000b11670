import { useMore } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { Name } from "../people/Name";
import { nameOf } from "../people/names";
import { roleOf } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

/** Which co-host the room follows when its host and its owner are gone. */
export function Succession() {
  const more = useMore();
  const { room } = useRoom();
  const run = useRun();
  const coHosts = new Set((room.roles?.holders ?? []).map(({ userId }) => userId).filter((userId) => roleOf(room, userId) === "coHost"));
  const order = [...new Set([...(room.roles?.succession ?? []).filter((userId) => coHosts.has(userId)), ...coHosts])];
  const { roles: texts } = more!;
  const isPlace = (at: number): boolean => at >= 0 && at < order.length;
  const move = (at: number, to: number): void => {
    if (isPlace(to)) void run((connection) => connection.act("SetSuccession", { userIds: order.toSpliced(at, 1).toSpliced(to, 0, order[at]!) }));
  };
  return (
    <>
      <h3>{texts.succession}</h3>
      <p class="muted">{order.length === 0 ? texts.noCoHosts : texts.successionIs}</p>
      <ol class="records" data-testid="succession">
        {order.map((userId, at) => (
          <li key={userId}>
            <span>
              <Name room={room} userId={userId} />
            </span>
            <span class="line-actions">
              <button class="bare" type="button" aria-disabled={!isPlace(at - 1)} aria-label={texts.earlier(nameOf(room, userId))} onClick={() => move(at, at - 1)}>
                <Icon name="up" />
              </button>
              <button class="bare" type="button" aria-disabled={!isPlace(at + 1)} aria-label={texts.later(nameOf(room, userId))} onClick={() => move(at, at + 1)}>
                <Icon name="down" />
              </button>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
