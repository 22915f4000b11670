import { useRef, useState } from "preact/hooks";
import { useLanguage } from "../../language/Language";
import { Avatar } from "../../ui/Avatar";
import { lazy } from "../../ui/lazy";
import { useStore } from "../../ui/Store";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { Name } from "../people/Name";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { useChat, type Draft } from "./ChatContext";
import type { ChatLine } from "./ChatLog";
import { Text } from "./Text";

const LineActions = lazy(() => import("./LineActions").then(({ LineActions }) => LineActions));

const sameBlockMs = 120_000;

interface Props {
  line: ChatLine;
  before: ChatLine | undefined;
  onDraft: (draft: Draft) => void;
}

/** One message; one that goes on where its author has just spoken has no name of its own. */
export function Line({ line, before, onDraft }: Props) {
  const { texts, format } = useLanguage();
  const { room, userId } = useRoom();
  const { log } = useChat();
  const [isOpen, setIsOpen] = useState(false);
  const { data, offset, timeMs } = line;
  const item = useRef<HTMLLIElement>(null);
  useKeptFocus(item, () => () => item.current!.querySelector<HTMLElement>(".more") ?? item.current);
  const author = line.publisher ?? "";
  const isNew = log.newFrom === offset;
  const continues = !isNew && !data.replyTo && before?.publisher === line.publisher && timeMs - before.timeMs < sameBlockMs;
  const isToMe = Boolean(data.mentionsEveryone || data.mentions?.includes(userId));
  const kinds = [author === userId && "mine", continues && "continues", isToMe && "to-me", isOpen && "open"].filter(Boolean).join(" ");
  return (
    <>
      {isNew && <li class="new-lines">{texts.chat.newLines}</li>}
      <li class={`message ${kinds}`} ref={item} tabIndex={-1} data-offset={offset}>
        {!continues && <Avatar userId={author} name={data.displayName ?? author} />}
        {!continues && (
          <p class="byline">
            <strong>
              <Name room={room} userId={author} told={data.displayName} />
            </strong>{" "}
            <time dateTime={new Date(timeMs).toISOString()}>{format.time(timeMs)}</time>
          </p>
        )}
        <div class="said">
          {data.replyTo !== undefined && <Quote offset={data.replyTo} />}
          <Text message={data} />
          {!data.isDeleted && (
            <button class="bare more" type="button" aria-expanded={isOpen} aria-label={texts.chat.actions(nameOf(room, author, data.displayName))} onClick={() => setIsOpen(!isOpen)}>
              ⋯
            </button>
          )}
          <Reactions offset={offset} />
          {isOpen && !data.isDeleted && <LineActions line={line} onDraft={onDraft} onDone={() => setIsOpen(false)} />}
        </div>
      </li>
    </>
  );
}

/** What a message replies to, as far as it is there. */
function Quote({ offset }: { offset: number }) {
  const { chat } = useLanguage().texts;
  const { room } = useRoom();
  const quoted = useChat().log.lines.find((line) => line.offset === offset);
  if (!quoted) return <p class="quote">{chat.quoteGone}</p>;
  return (
    <p class="quote">
      <Name room={room} userId={quoted.publisher ?? ""} told={quoted.data.displayName} />: <bdi>{quoted.data.isDeleted ? chat.takenBack : quoted.data.text}</bdi>
    </p>
  );
}

/** How people have reacted; a touch joins them. */
function Reactions({ offset }: { offset: number }) {
  const { texts, format } = useLanguage();
  const { room, may } = useRoom();
  const counts = useStore(useChat().pulse).reactionsTo(offset);
  const run = useRun();
  if (counts.length === 0) return null;
  return (
    <p class="reactions">
      {counts.map(({ emoji, count }) => (
        <button key={emoji} class="reaction" type="button" disabled={!may("react")} aria-label={texts.chat.reacted(emoji, count)} onClick={() => void run((connection) => connection.request("React", { roomId: room.roomId, emoji, offset }))}>
          {emoji} {format.number(count)}
        </button>
      ))}
    </p>
  );
}
