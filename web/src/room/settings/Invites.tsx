import type { RoomRecord } from "@whatssound/client";
import { useState } from "preact/hooks";
import { usePlace } from "../../app/Place";
import { useLanguage, useMore } from "../../language/Language";
import { ladder, rankOf, roleOf, type Role } from "../people/permissions";
import { NumberField } from "../../ui/NumberField";
import { useCopy } from "../../ui/useCopy";
import { inviteLink } from "../inviteLink";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useRecords } from "../useRecords";

const hourMs = 60 * 60_000;
const times = [hourMs, 24 * hourMs, 7 * 24 * hourMs, 30 * 24 * hourMs];

/** Ways in for those who have none, each for a time and for so many. */
export function Invites() {
  const { texts: core, format } = useLanguage();
  const more = useMore();
  const { room, userId, may } = useRoom();
  const { linkOrigin } = usePlace();
  const run = useRun();
  const [role, setRole] = useState<Role>("listener");
  const [forMs, setForMs] = useState(times[1]!);
  const [usesMax, setUsesMax] = useState(10);
  const [link, setLink] = useState<string | null>(null);
  const [made, setMade] = useState(0);
  if (!more) return null;
  const { invites: texts } = more;
  const roles = ladder.filter((each) => each === "listener" || (may("grantRoles") && rankOf(each) < rankOf(roleOf(room, userId))));
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    void run(async (to) => {
      const { invite } = await to.act("CreateInvite", { ...(role !== "listener" && { role }), forMs, usesMax });
      setMade((count) => count + 1);
      setLink(inviteLink(linkOrigin, room.roomId, invite));
    });
  };
  return (
    <>
      <form class="settings" onSubmit={onSubmit}>
        <label>
          {texts.role}
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {roles.map((each) => (
              <option key={each} value={each}>
                {core.people.roles[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.goodFor}
          <select value={forMs} onChange={(event) => setForMs(Number(event.currentTarget.value))}>
            {times.map((ms) => (
              <option key={ms} value={ms}>
                {format.duration(ms)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.usesMax}
          <NumberField min={1} max={1000} value={usesMax} onNumber={setUsesMax} />
        </label>
        <button class="primary" type="submit">
          {texts.make}
        </button>
      </form>
      <div role="status">
        {link && <NewLink link={link} />}
      </div>
      {may("seeRecords") && <Good key={made} />}
    </>
  );
}

function NewLink({ link }: { link: string }) {
  const { texts: core } = useLanguage();
  const { invites: texts } = useMore()!;
  const { isCopied, byHand, field, copy } = useCopy();
  return (
    <>
      <label for="invite-link">{texts.link}</label>
      <div class="field-row">
        <input id="invite-link" class="invite-link" ref={field} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" onClick={() => void copy(link)}>
          {isCopied ? texts.copied : texts.copy}
        </button>
      </div>
      {byHand !== null && !isCopied && <p class="muted">{core.room.address}</p>}
    </>
  );
}

/** Those by which somebody may still come in; who may invite need not see them. */
function Good() {
  const more = useMore();
  const { records, hasMore, older, again } = useRecords("ListInvites");
  const { invites: texts } = more!;
  return (
    <>
      <h3>{texts.good}</h3>
      {records?.length === 0 && <p class="muted">{texts.none}</p>}
      <ul class="records">
        {records?.map((record) => (
          <Invite key={record.number} record={record} onRevoked={again} />
        ))}
      </ul>
      {hasMore && (
        <button class="quiet" type="button" onClick={older}>
          {more!.order.older}
        </button>
      )}
    </>
  );
}

function Invite({ record, onRevoked }: { record: RoomRecord; onRevoked: () => void }) {
  const { texts: core, format } = useLanguage();
  const more = useMore();
  const run = useRun();
  const { invites: texts } = more!;
  const roles: Record<string, string | undefined> = core.people.roles;
  const revoke = async (): Promise<void> => {
    if (await run((connection) => connection.act("RevokeInvite", { inviteId: record.action }))) onRevoked();
  };
  return (
    <li>
      <span>
        <strong>{record.detail && roles[record.detail]}</strong>
        <br />
        {texts.uses(format.number(record.uses ?? 0), format.number(record.usesMax ?? 0))}
        <span class="muted">{record.untilMs !== null && ` · ${more!.order.until(format.date(record.untilMs))}`}</span>
      </span>
      <button class="quiet" type="button" onClick={() => void revoke()}>
        {texts.revoke}
      </button>
    </li>
  );
}
