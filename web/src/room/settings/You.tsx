import type { RoomConnection } from "@whatssound/client";
import { useState } from "preact/hooks";
import { usePlace } from "../../app/Place";
import { go } from "../../app/route";
import { isFramed } from "../../entrance/appToken";
import { tokenOf } from "../../entrance/guestToken";
import { readGuest } from "../../entrance/store";
import { useLanguage, useMore } from "../../language/Language";
import { LanguageChoice } from "../../language/LanguageChoice";
import { useFold } from "../../ui/useFold";
import { Follows } from "../people/Follows";
import { roleOf } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { renew } from "./renew";

const patienceMs = 10_000;

/** What a person has for themselves: the way out, their name, language and role. */
export function You() {
  const { texts: core } = useLanguage();
  const more = useMore();
  const { room, userId, barred } = useRoom();
  const run = useRun();
  const { isOwnPage } = usePlace();
  const { description } = room.settings;
  const { end, fold } = useFold(description ?? "");
  if (!more) return null;
  const { you } = more;
  const role = roleOf(room, userId);
  return (
    <>
      {isOwnPage && (
        <p>
          <button class="danger" type="button" onClick={() => go("/")}>
            {you.leave}
          </button>
        </p>
      )}
      {description && <p class="description" dir="auto">{description.slice(0, end)}</p>}
      {fold}
      {isOwnPage && readGuest() && !isFramed() && <Rename />}
      <div class="settings">
        <LanguageChoice isLabelled />
        <p>{you.role(core.people.roles[role])}</p>
        {role !== "listener" && role !== "owner" && !barred("timeout") && (
          <button type="button" onClick={() => void run((connection) => connection.act("RevokeRole", { ofUserId: userId }))}>
            {you.giveUp}
          </button>
        )}
      </div>
      <Follows />
    </>
  );
}

/** A guest's name is in their token: with another name, once the server has agreed to it, they come back with another token. */
function Rename() {
  const more = useMore();
  const run = useRun();
  const [name, setName] = useState(readGuest()?.name ?? "");
  const [isDone, setIsDone] = useState(false);
  const { you } = more!;
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const guest = readGuest();
    if (!guest || !name.trim()) return;
    setIsDone(false);
    const rename = async (connection: RoomConnection): Promise<void> => {
      await tokenOf({ ...guest, name: name.trim() }, AbortSignal.timeout(patienceMs));
      renew(connection);
    };
    setIsDone(await run(rename));
  };
  return (
    <form class="settings" onSubmit={(event) => void onSubmit(event)}>
      <label>
        {you.name}
        <input value={name} required maxLength={64} dir="auto" autoComplete="nickname" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit">{you.rename}</button>
      <p role="status">{isDone && you.renamed}</p>
    </form>
  );
}
