import { useEffect, useRef, useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { Name } from "../people/Name";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useChat, type Draft } from "./ChatContext";
import { useMentions } from "./useMentions";
import { useTyping } from "./useTyping";
import { lengthOf, textMax } from "./length";

/** From so many characters on it is shown how many are left. */
const shownFrom = 450;

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onSaid: () => void;
}

/** Says something, replies, or says something anew. */
export function Compose({ draft, onDraft, onSaid }: Props) {
  const { chat } = useTexts();
  const { connection, room, may, barred } = useRoom();
  const { log } = useChat();
  const run = useRun();
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const tellTyping = useTyping(connection);
  const mentions = useMentions(text, setText);
  const length = lengthOf(text);

  useEffect(() => {
    if (!draft) return;
    if (draft.kind === "edit") setText(draft.line.data.text);
    mentions.reset(draft.kind === "edit" ? draft.line.data.mentions : []);
    input.current?.focus();
  }, [draft]);

  const write = (value: string): void => {
    setText(value);
    tellTyping(value !== "");
  };
  const done = (): void => {
    write("");
    mentions.reset();
    onDraft(null);
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    const about = mentions.about(said);
    if (draft?.kind === "edit") {
      const { mentionsEveryone: _, ...mentioned } = about;
      if (await run((to) => to.act("EditChat", { offset: draft.line.offset, text: said, ...mentioned }))) done();
      return;
    }
    log.unsaid.say({ text: said, ...about, ...(draft && { replyTo: draft.line.offset }) });
    done();
    onSaid();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!mentions.onKey(event) && event.key === "Escape" && draft) done();
  };

  if (barred("timeout")) return <p class="muted compose">{chat.timedOut}</p>;
  if (barred("mute")) return <p class="muted compose">{chat.muted}</p>;
  if (!may("chat") || (room.settings.isChatLocked && !may("lockChat"))) return <p class="muted compose">{chat.locked}</p>;
  return (
    <form class="compose" onSubmit={(event) => void send(event)}>
      {draft && (
        <p class="draft">
          <span>{draft.kind === "edit" ? chat.editing : <>{chat.replyingTo} <Name room={room} userId={draft.line.publisher ?? ""} told={draft.line.data.displayName} /></>}</span>
          <button class="bare" type="button" aria-label={chat.cancel} onClick={done}>
            <Icon name="close" />
          </button>
        </p>
      )}
      {mentions.suggestions.length > 0 && (
        <ul class="mentions" id="mentions" role="listbox" aria-label={chat.mention}>
          {mentions.suggestions.map((suggestion, i) => (
            <li key={suggestion.userId} id={`mention-${i}`} role="option" aria-selected={i === mentions.active} onMouseDown={(event) => { event.preventDefault(); mentions.pick(suggestion); }}>
              <bdi>{suggestion.name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <label class="hidden" for="message">
        {chat.label}
      </label>
      <input
        id="message"
        ref={input}
        value={text}
        autoComplete="off"
        enterKeyHint="send"
        dir="auto"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={mentions.suggestions.length > 0}
        aria-controls="mentions"
        aria-activedescendant={mentions.suggestions.length > 0 ? `mention-${mentions.active}` : undefined}
        aria-describedby={length > shownFrom ? "message-left" : undefined}
        placeholder={chat.placeholder}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button class="primary round" type="submit" aria-label={chat.send} aria-disabled={!text.trim()}>
        <Icon name="send" />
      </button>
      {length > shownFrom && (
        <p id="message-left" class={length > textMax ? "error left" : "muted left"}>
          {length > textMax ? chat.tooLong(length - textMax) : chat.left(textMax - length)}
        </p>
      )}
    </form>
  );
}
