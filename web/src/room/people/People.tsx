import type { PresenceMember } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { lazy } from "../../ui/lazy";
import { useRoom } from "../RoomContext";
import { Name } from "./Name";
import { nameOf } from "./names";
import { rankOf, roleOf } from "./permissions";
import "./people.css";

const PersonActions = lazy(() => import("./PersonActions").then(({ PersonActions }) => PersonActions));

/** Who is here: the host first, then by role. */
export function People() {
  const { people } = useTexts();
  const { room } = useRoom();
  const weightOf = (userId: string): number => (userId === room.hostUserId ? 10 : rankOf(roleOf(room, userId)));
  const members = [...room.members].sort((a, b) => weightOf(b.userId) - weightOf(a.userId));
  return (
    <>
      <ul data-testid="people" tabIndex={0} aria-labelledby="people-title">
        {members.map((member) => (
          <Person key={member.userId} member={member} />
        ))}
      </ul>
      {room.memberTotal > members.length && <p class="muted">{people.more(room.memberTotal - members.length)}</p>}
    </>
  );
}

function Person({ member: { userId } }: { member: PresenceMember }) {
  const { people } = useTexts();
  const { room, userId: me } = useRoom();
  const [isOpen, setIsOpen] = useState(false);
  const name = nameOf(room, userId);
  const role = roleOf(room, userId);
  return (
    <li>
      <Avatar userId={userId} name={name} />
      <span class="person">
        <Name room={room} userId={userId} />
      </span>
      {userId === me && <span class="muted">{people.you}</span>}
      {userId === room.hostUserId && (
        <span class="host">
          <Icon name="crown" /> {people.host}
        </span>
      )}
      {role !== "listener" && <span class="role">{people.roles[role]}</span>}
      {userId !== me && (
        <button class="bare" type="button" aria-expanded={isOpen} aria-label={people.about(name)} onClick={() => setIsOpen(!isOpen)}>
          ⋯
        </button>
      )}
      {isOpen && <PersonActions userId={userId} onDone={() => setIsOpen(false)} />}
    </li>
  );
}
