import type { RoomRecord, SanctionKind } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { nameOf } from "../people/names";
import { PersonActions } from "../people/PersonActions";
import { rankOf, roleOf, standsAbove, type Permission } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useRecords, type Records } from "../useRecords";

/** What it takes to lift each, as to do it. */
const permissions: Record<string, Permission | undefined> = { mute: "muteMembers", timeout: "timeOutMembers", queueBan: "banFromQueue", kick: "kickMembers", ban: "banMembers", shadowMute: "shadowMute" } satisfies Record<SanctionKind, Permission>;

/** Of these the detail is an invite's id, which says nothing to a person. */
const nameless: readonly string[] = ["useInvite", "revokeInvite"];

/** Whom somebody has kept from what, what was reported, and who did what. */
export function Order() {
  const more = useMore();
  const sanctions = useRecords("ListSanctions");
  const reports = useRecords("ListReports");
  const log = useRecords("ReadLog");
  if (!more) return null;
  const { order } = more;
  return (
    <>
      <h3>{order.sanctions}</h3>
      <List of={sanctions} kind="sanctions" />
      <h3>{order.reports}</h3>
      <List of={reports} kind="reports" />
      <h3>{order.log}</h3>
      <List of={log} kind="log" />
    </>
  );
}

function List({ of, kind }: { of: Records; kind: "sanctions" | "reports" | "log" }) {
  const more = useMore();
  if (!more || !of.records) return null;
  const { order } = more;
  return (
    <>
      {of.records.length === 0 && <p class="muted">{order.none}</p>}
      <ul class="records" data-testid={kind}>
        {of.records.map((record) => (
          <Record key={record.number} record={record} onLifted={kind === "sanctions" ? of.again : null} isActedOn={kind === "reports"} />
        ))}
      </ul>
      {of.hasMore && (
        <button class="quiet" type="button" onClick={of.older}>
          {order.older}
        </button>
      )}
    </>
  );
}

interface Props {
  record: RoomRecord;
  onLifted: (() => void) | null;
  /** What can be done about whom it names, is offered beside it. */
  isActedOn: boolean;
}

function Record({ record, onLifted, isActedOn }: Props) {
  const { texts, format } = useLanguage();
  const more = useMore();
  const { room, userId: me, may } = useRoom();
  const run = useRun();
  const [isOpen, setIsOpen] = useState(false);
  const { action, atMs, byUserId, userId, detail, untilMs } = record;
  const { order } = more!;
  const actions: Record<string, string | undefined> = order.actions;
  const permission = permissions[action];
  const isTheirs = byUserId !== null && rankOf(roleOf(room, byUserId)) > rankOf(roleOf(room, me));
  const mayLift = onLifted && userId !== null && permission && may(permission) && standsAbove(room, me, userId) && !isTheirs;
  const lift = async (): Promise<void> => {
    if (await run((connection) => connection.act("Lift", { ofUserId: userId!, kind: action as SanctionKind }))) onLifted!();
  };
  return (
    <li>
      <span>
        <strong>{actions[action] ?? action}</strong> {userId !== null && <bdi>{nameOf(room, userId)}</bdi>} {detail && !nameless.includes(action) && <q dir="auto">{detail}</q>}
        <span class="muted">
          {" "}
          {byUserId !== null && order.by(nameOf(room, byUserId))} {format.date(atMs)} {untilMs !== null && order.until(format.date(untilMs))}
        </span>
      </span>
      {mayLift && (
        <button class="quiet" type="button" aria-label={order.liftOf(nameOf(room, userId))} onClick={() => void lift()}>
          {order.lift}
        </button>
      )}
      {isActedOn && userId !== null && userId !== me && (
        <button class="bare" type="button" aria-expanded={isOpen} aria-label={texts.people.about(nameOf(room, userId))} onClick={() => setIsOpen(!isOpen)}>
          ⋯
        </button>
      )}
      {isOpen && userId !== null && <PersonActions userId={userId} onDone={() => setIsOpen(false)} />}
    </li>
  );
}
