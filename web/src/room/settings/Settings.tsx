import type { SettingsChange } from "@whatssound/client";
import { useState } from "preact/hooks";
import { useMore } from "../../language/Language";
import type { Permission } from "../people/permissions";
import { NumberField } from "../../ui/NumberField";
import { tagsIn } from "../../ui/tags";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { CloseRoom } from "./CloseRoom";
import { Fallback } from "./Fallback";
import { QueueLimits } from "./QueueLimits";

type Switch = "isQueueLocked" | "isChatLocked" | "isJoinLocked" | "isTemporary" | "waitsForReady" | "allowsShadowMute";

const switches: readonly (readonly [Switch, Permission])[] = [
  ["isQueueLocked", "lockQueue"],
  ["isChatLocked", "lockChat"],
  ["isJoinLocked", "lockJoin"],
  ["isTemporary", "setLifetime"],
  ["waitsForReady", "controlPlayback"],
  ["allowsShadowMute", "allowShadowMute"],
];

const slowTimes = [0, 5, 15, 60, 300];
const visibilities = ["public", "unlisted", "inviteOnly"] as const;

/** What a room is set to, as far as this person may change it. */
export function Settings() {
  const more = useMore();
  const { room, may } = useRoom();
  const run = useRun();
  const [change, setChange] = useState<SettingsChange>({});
  const [isSaved, setIsSaved] = useState(false);
  if (!more) return null;
  const { settings: texts } = more;
  const { settings } = room;
  const visibility = settings.isInviteOnly ? "inviteOnly" : settings.isListed ? "public" : "unlisted";
  const slowSeconds = settings.slowModeSeconds ?? 0;
  const set = (part: SettingsChange): void => {
    setIsSaved(false);
    setChange({ ...change, ...part });
  };
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await run((connection) => connection.act("UpdateSettings", change)))) return;
    setChange({});
    setIsSaved(true);
  };
  const offered = switches.filter(([, permission]) => may(permission));
  return (
    <>
      <form class="settings" onSubmit={(event) => void onSubmit(event)}>
        {may("rename") && (
          <label>
            {texts.name}
            <input value={change.name ?? settings.name} required maxLength={64} dir="auto" onInput={(event) => set({ name: event.currentTarget.value })} />
          </label>
        )}
        {may("describe") && (
          <>
            <label>
              {texts.description}
              <textarea value={change.description ?? settings.description ?? ""} maxLength={500} rows={3} dir="auto" onInput={(event) => set({ description: event.currentTarget.value })} />
            </label>
            <label>
              {texts.tags}
              <input value={(change.tags ?? settings.tags ?? []).join(", ")} dir="auto" onChange={(event) => set({ tags: tagsIn(event.currentTarget.value) })} />
            </label>
          </>
        )}
        {may("setVisibility") && (
          <label>
            {texts.visibility}
            <select value={change.visibility ?? visibility} onChange={(event) => set({ visibility: event.currentTarget.value as SettingsChange["visibility"] })}>
              {visibilities.map((each) => (
                <option key={each} value={each}>
                  {texts.visibilities[each]}
                </option>
              ))}
            </select>
          </label>
        )}
        {may("setPassword") && (
          <label>
            {settings.hasPassword ? texts.newPassword : texts.password}
            <input type="password" value={change.password ?? ""} maxLength={64} autoComplete="new-password" onInput={(event) => set({ password: event.currentTarget.value })} />
          </label>
        )}
        {may("setPassword") && settings.hasPassword && (
          <button type="button" aria-pressed={change.password === ""} onClick={() => set({ password: "" })}>
            {texts.noPassword}
          </button>
        )}
        {may("setCapacity") && (
          <label>
            {texts.membersMax}
            <NumberField min={0} max={1000} value={change.membersMax ?? settings.membersMax ?? 0} onNumber={(membersMax) => set({ membersMax })} />
          </label>
        )}
        {may("setSlowMode") && (
          <label>
            {texts.slowMode}
            <select value={`${change.slowModeSeconds ?? slowSeconds}`} onChange={(event) => set({ slowModeSeconds: Number(event.currentTarget.value) })}>
              {[...new Set([...slowTimes, slowSeconds])].sort((a, b) => a - b).map((seconds) => (
                <option key={seconds} value={seconds}>
                  {seconds === 0 ? texts.notSlow : texts.slowSeconds(seconds)}
                </option>
              ))}
            </select>
          </label>
        )}
        {offered.map(([name]) => (
          <label key={name} class="check">
            <input type="checkbox" checked={change[name] ?? settings[name] ?? false} onChange={(event) => set({ [name]: event.currentTarget.checked })} />
            {texts.switches[name]}
          </label>
        ))}
        {Object.keys(change).length > 0 && (
          <button class="primary" type="submit">
            {texts.save}
          </button>
        )}
        <p role="status">{isSaved && texts.saved}</p>
      </form>
      {may("manageQueue") && <QueueLimits />}
      {may("manageQueue") && <Fallback />}
      {may("closeRoom") && <CloseRoom />}
    </>
  );
}
