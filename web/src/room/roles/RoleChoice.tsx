import { useLanguage, useMore } from "../../language/Language";
import { Choice } from "../../ui/Choice";
import { nameOf } from "../people/names";
import { ladder, rankOf, roleOf, type Role } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";

/** What somebody is here, to be changed by who stands above them: to anything below the own role. */
export function RoleChoice({ userId }: { userId: string }) {
  const { roles } = useLanguage().texts.people;
  const more = useMore();
  const { room, userId: me } = useRoom();
  const run = useRun();
  if (!more) return null;
  const mine = rankOf(roleOf(room, me));
  const options = ladder.filter((role) => rankOf(role) < mine).map((role) => [role, roles[role]] as const);
  const choose = (role: Role): Promise<boolean> =>
    run((to) => (role === "listener" || role === "owner" ? to.act("RevokeRole", { ofUserId: userId }) : to.act("GrantRole", { toUserId: userId, role })));
  return <Choice label={more.person.role(nameOf(room, userId))} value={roleOf(room, userId)} options={options} onChoose={choose} />;
}
