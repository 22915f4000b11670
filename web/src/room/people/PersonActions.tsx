import type { RoomCommands } from "@whatssound/client";
import { useRef, useState } from "preact/hooks";
import { useLanguage, useMore } from "../../language/Language";
import { endOffer } from "../roles/endOffer";
import { RoleChoice } from "../roles/RoleChoice";
import { useOffer } from "../roles/useOffer";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { Follow } from "./Follow";
import { nameOf } from "./names";
import { standsAbove, type Permission } from "./permissions";

/** What may be done to somebody, and which permission it takes. */
const measures = { Mute: "muteMembers", Timeout: "timeOutMembers", QueueBan: "banFromQueue", Kick: "kickMembers", Ban: "banMembers", ShadowMute: "shadowMute" } as const satisfies Partial<Record<keyof RoomCommands, Permission>>;
type Measure = keyof typeof measures;

const minuteMs = 60_000;
const times = [5 * minuteMs, 30 * minuteMs, 24 * 60 * minuteMs, 7 * 24 * 60 * minuteMs];

/** Without a time they last until somebody lifts them; the others need one, or take none. */
const endless: ReadonlySet<Measure> = new Set<Measure>(["Mute", "QueueBan", "Ban", "ShadowMute"]);

interface Props {
  userId: string;
  /** What they were called when they said what this is about. */
  told?: string | null;
  /** The message that a report of them is about. */
  chatOffset?: number;
  onDone: () => void;
}

/** What may be done about somebody, who may have left the room. */
export function PersonActions({ userId, told, chatOffset, onDone }: Props) {
  const more = useMore();
  const { room, userId: me, may } = useRoom();
  const run = useRun();
  const isOffered = useOffer()?.toUserId === userId;
  const [measure, setMeasure] = useState<Measure | "Report" | null>(null);
  const part = useRef<HTMLDivElement>(null);
  if (!more) return null;
  const { person } = more;
  const name = nameOf(room, userId, told);
  const isAbove = standsAbove(room, me, userId);
  // In a crowded room nobody has the names of all.
  const isHere = room.memberTotal > room.members.length || room.members.some((member) => member.userId === userId);
  const offered = (Object.keys(measures) as Measure[]).filter((each) => isAbove && may(measures[each]) && (each !== "ShadowMute" || room.settings.allowsShadowMute));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !measure) return;
    // In a dialog it would close that.
    event.preventDefault();
    event.stopPropagation();
    part.current!.querySelector<HTMLElement>("[aria-expanded=true]")?.focus();
    setMeasure(null);
  };
  return (
    <div class="person-actions" ref={part} onKeyDown={onKeyDown}>
      {may("grantRoles") && isAbove && <RoleChoice userId={userId} />}
      <p class="line-actions">
        {may("nameHost") && isHere && userId !== room.hostUserId && (
          <button class="quiet" type="button" aria-label={person.makeTheHost(name)} onClick={() => void run((to) => to.transferHost(userId))}>
            {person.makeHost}
          </button>
        )}
        {me === room.ownerUserId && isAbove && isHere && (
          <button class="quiet" type="button" aria-label={isOffered ? undefined : more.roles.offerTo(name)} onClick={() => void run((to) => (isOffered ? endOffer(to, room, userId) : to.act("GrantRole", { toUserId: userId, role: "owner" })))}>
            {isOffered ? more.roles.takeBack : more.roles.offer}
          </button>
        )}
        {userId !== me && <Follow userId={userId} told={told} />}
        {[...offered, ...(userId === me ? [] : (["Report"] as const))].map((each) => (
          <button key={each} class="quiet" type="button" aria-expanded={measure === each} onClick={() => setMeasure(measure === each ? null : each)}>
            {person.measures[each]}
          </button>
        ))}
      </p>
      {measure && <Sanction key={measure} userId={userId} measure={measure} chatOffset={chatOffset} onDone={onDone} />}
    </div>
  );
}

/** For how long, and why. */
function Sanction({ userId, measure, chatOffset, onDone }: Pick<Props, "userId" | "onDone"> & { measure: Measure | "Report"; chatOffset: number | undefined }) {
  const { format } = useLanguage();
  const more = useMore();
  const run = useRun();
  const [forMs, setForMs] = useState(times[0]!);
  const [reason, setReason] = useState("");
  const { person } = more!;
  const hasTime = measure !== "Kick" && measure !== "Report";
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const fields = { ofUserId: userId, ...(hasTime && forMs > 0 && { forMs }), ...(reason.trim() && { reason: reason.trim() }), ...(measure === "Report" && chatOffset !== undefined && { chatOffset }) };
    if (await run((to) => to.command(measure, fields))) onDone();
  };
  return (
    <form class="sanction" onSubmit={(event) => void onSubmit(event)}>
      {hasTime && (
        <label>
          {person.howLong}
          <select value={forMs} onChange={(event) => setForMs(Number(event.currentTarget.value))}>
            {times.map((ms) => (
              <option key={ms} value={ms}>
                {format.duration(ms)}
              </option>
            ))}
            {endless.has(measure as Measure) && <option value={0}>{person.forGood}</option>}
          </select>
        </label>
      )}
      <label>
        {person.reason}
        <input value={reason} maxLength={200} required={measure === "Report"} dir="auto" onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button class="primary" type="submit">
        {person.measures[measure]}
      </button>
    </form>
  );
}
