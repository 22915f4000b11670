import type { RoomState } from "@whatssound/client";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";
import { Name } from "./Name";
import { nameOf } from "./names";

/** Who is here, the host first. */
export function People({ room, userId }: { room: RoomState; userId: string }) {
  const run = useRun();
  const members = [...room.members].sort((a, b) => Number(b.userId === room.hostUserId) - Number(a.userId === room.hostUserId));
  const mayHandOver = room.hostUserId === userId || room.ownerUserId === userId;
  return (
    <section class="card panel people" aria-labelledby="people-title">
      <header class="panel-head">
        <h2 id="people-title">Here now</h2>
        <span class="muted" data-testid="member-total">{room.memberTotal}</span>
      </header>
      <ul data-testid="people">
        {members.map((member) => {
          const name = nameOf(room, member.userId);
          const isHost = member.userId === room.hostUserId;
          return (
            <li key={member.userId}>
              <Avatar userId={member.userId} name={name} />
              <span class="person">
                <Name room={room} userId={member.userId} />
              </span>
              {member.userId === userId && <span class="muted">you</span>}
              {isHost && (
                <span class="host">
                  <Icon name="crown" /> Host
                </span>
              )}
              {mayHandOver && !isHost && (
                <button class="quiet small" type="button" aria-label={`Make ${name} the host`} onClick={() => void run((c) => c.transferHost(member.userId))}>
                  Make host
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {room.memberTotal > members.length && <p class="muted">and {room.memberTotal - members.length} more</p>}
    </section>
  );
}
