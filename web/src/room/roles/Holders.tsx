import { useLanguage, useMore } from "../../language/Language";
import { Name } from "../people/Name";
import { rankOf, roleOf, standsAbove } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { RoleChoice } from "./RoleChoice";

/** Everybody who has a role, here or not. */
export function Holders() {
  const { roles } = useLanguage().texts.people;
  const more = useMore();
  const { room, userId: me, may } = useRoom();
  const holders = (room.roles?.holders ?? []).map(({ userId }) => ({ userId, role: roleOf(room, userId) })).sort((a, b) => rankOf(b.role) - rankOf(a.role));
  const { roles: texts } = more!;
  return (
    <>
      <h3>{texts.holders}</h3>
      {holders.length === 0 && <p class="muted">{texts.nobody}</p>}
      <ul class="records" data-testid="holders">
        {holders.map(({ userId, role }) => (
          <li key={userId}>
            {may("grantRoles") && standsAbove(room, me, userId) ? (
              <RoleChoice userId={userId} />
            ) : (
              <span>
                <Name room={room} userId={userId} /> <span class="muted">{roles[role]}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
