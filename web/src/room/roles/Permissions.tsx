import { useLanguage, useMore } from "../../language/Language";
import { Choice } from "../../ui/Choice";
import { isHosts, ladder, rankOf, usualFor, type Role } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { floors, type Settable } from "./floors";

const groups = Object.keys(floors) as (keyof typeof floors)[];

/** Who may do what here; each counts as soon as it is chosen. */
export function Permissions() {
  const more = useMore();
  const { roles: texts } = more!;
  return (
    <>
      <h3>{texts.permissions}</h3>
      <p class="muted">{texts.permissionsAre}</p>
      {groups.map((group) => (
        <details key={group}>
          <summary>{texts.groups[group]}</summary>
          <div class="settings">
            {(Object.entries(floors[group]) as [Settable, Role][]).map(([permission, floor]) => (
              <Permitted key={permission} permission={permission} floor={floor} />
            ))}
          </div>
        </details>
      ))}
    </>
  );
}

/** Empty: as in any room. */
type Chosen = Role | "";

function Permitted({ permission, floor }: { permission: Settable; floor: Role }) {
  const { roles } = useLanguage().texts.people;
  const more = useMore();
  const { room } = useRoom();
  const run = useRun();
  const { roles: texts } = more!;
  const own = ladder.find((role) => role === room.roles?.permissions[permission]) ?? "";
  const options: (readonly [Chosen, string])[] = [["", texts.usual(roles[usualFor(permission)])], ...ladder.filter((role) => rankOf(role) >= rankOf(floor)).map((role) => [role, texts.andAbove(roles[role], role)] as const)];
  const choose = (role: Chosen): Promise<boolean> => run((to) => to.act("SetPermission", { permission, ...(role !== "" && { role }) }));
  const label = isHosts(permission) ? texts.hostToo(texts.may[permission]) : texts.may[permission];
  return <Choice label={label} value={own as Chosen} options={options} onChoose={choose} />;
}
