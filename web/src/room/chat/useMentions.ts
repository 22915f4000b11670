import type { PresenceMember } from "@whatssound/client";
import { useRef, useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";

const shownMax = 6;
const mentionsMax = 10;

export interface Suggestion {
  /** Null: everybody. */
  userId: string | null;
  name: string;
}

/** Whom a text mentions: those who were picked behind an `@`, and are still in it. */
export function useMentions(text: string, setText: (text: string) => void) {
  const { chat } = useTexts();
  const { room, userId, may } = useRoom();
  const picked = useRef(new Map<string, string>());
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const begun = /(?:^|\s)@([^@]*)$/.exec(text)?.[1];
  const suggestions = begun === undefined || begun === dismissed ? [] : found(begun.toLowerCase());

  function found(query: string): Suggestion[] {
    const begins = ({ name }: Suggestion): boolean => name.toLowerCase().startsWith(query) && !query.startsWith(`${name.toLowerCase()} `);
    const members = room.members.filter((member: PresenceMember) => member.userId !== userId).map((member) => ({ userId: member.userId, name: nameOf(room, member.userId) }));
    const all = may("mentionEveryone") ? [...members, { userId: null, name: chat.everyone }] : members;
    return all.filter(begins).slice(0, shownMax);
  }

  const pick = ({ userId: id, name }: Suggestion): void => {
    if (id !== null) picked.current.set(id, name);
    setText(`${text.slice(0, text.length - begun!.length)}${name} `);
    setActive(0);
  };

  /** Keys while there is something to pick; answers whether one was for that. */
  const onKey = (event: KeyboardEvent): boolean => {
    const at = Math.min(active, suggestions.length - 1);
    if (at < 0) return false;
    if (event.key === "ArrowDown") setActive((at + 1) % suggestions.length);
    else if (event.key === "ArrowUp") setActive((at + suggestions.length - 1) % suggestions.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(suggestions[at]!);
    else if (event.key === "Escape") setDismissed(begun!);
    else return false;
    event.preventDefault();
    return true;
  };

  /** What a message with that text says about whom it mentions. */
  const about = (said: string): { mentions?: string[]; mentionsEveryone?: boolean } => {
    // A name may begin with another one: the longest counts.
    let rest = said;
    const mentions = [...picked.current]
      .sort(([, one], [, other]) => other.length - one.length)
      .filter(([, name]) => rest !== (rest = rest.replaceAll(`@${name}`, " ")))
      .map(([id]) => id)
      .slice(0, mentionsMax);
    return { ...(mentions.length > 0 && { mentions }), ...(may("mentionEveryone") && said.includes(`@${chat.everyone}`) && { mentionsEveryone: true }) };
  };

  const reset = (ids: readonly string[] = []): void => {
    picked.current = new Map(ids.map((id) => [id, nameOf(room, id)]));
  };

  return { suggestions, active: Math.min(active, suggestions.length - 1), pick, onKey, about, reset };
}
