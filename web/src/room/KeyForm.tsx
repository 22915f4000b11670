import type { RoomKey } from "@whatssound/client";
import { useState } from "preact/hooks";
import { usePlace } from "../app/Place";
import { go } from "../app/route";
import { useMore } from "../language/Language";
import { Logo } from "../ui/Logo";
import { useSentence } from "../ui/problems";

/** Asks for what lets in: a password, or an invite, by its link or as it is. Who has shown none yet is asked for one, and not told that theirs is none. */
export function KeyForm({ code, error, hasTried, onKey }: { code: string; error: unknown; hasTried: boolean; onKey: (key: RoomKey) => void }) {
  const more = useMore();
  const { isOwnPage } = usePlace();
  const sentenceOf = useSentence();
  const [value, setValue] = useState("");
  if (!more) return null;
  const { key } = more;
  const isPassword = code.startsWith("PASSWORD");
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (value) onKey(isPassword ? { password: value } : { invite: inviteIn(value) ?? value.trim() });
  };
  return (
    <main class="welcome">
      <Logo />
      <form class="card welcome-card" onSubmit={onSubmit}>
        <h1>{key.title}</h1>
        <p role="alert">{!hasTried && code === "INVITE_INVALID" ? key.inviteNeeded : sentenceOf(error)}</p>
        <label for="room-key">{isPassword ? key.password : key.invite}</label>
        <div class="field-row">
          {isPassword ? (
            <input id="room-key" type="password" value={value} required autoFocus={isOwnPage} autoComplete="current-password" onInput={(event) => setValue(event.currentTarget.value)} />
          ) : (
            <input id="room-key" value={value} required autoFocus={isOwnPage} autoComplete="off" onInput={(event) => setValue(event.currentTarget.value)} />
          )}
          <button class="primary" type="submit">
            {key.comeIn}
          </button>
        </div>
        {isOwnPage && (
          <button class="quiet" type="button" onClick={() => go("/")}>
            {key.toLobby}
          </button>
        )}
      </form>
    </main>
  );
}

/** The invite in a link that somebody was sent. */
export function inviteIn(link: string): string | null {
  const found = /#invite=([^&\s]+)/.exec(link)?.[1];
  return found === undefined ? null : decodeURIComponent(found);
}
