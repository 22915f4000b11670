import type { ChatMessage, Publication, RoomState } from "@whatssound/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { useRun } from "./actions";
import { Name } from "./Name";

const atEndPx = 60;
const sameBlockMs = 120_000;

export function Chat({ room, userId }: { room: RoomState; userId: string }) {
  const list = useFollowEnd(room.chat.length);
  return (
    <section class="card panel chat" aria-labelledby="chat-title">
      <header class="panel-head">
        <h2 id="chat-title">Chat</h2>
      </header>
      <div class="messages" ref={list} role="log" aria-label="Messages" tabIndex={0} data-testid="chat">
        {room.chat.length === 0 && <p class="empty">Say hello.</p>}
        <ol>
          {room.chat.map((message, i) => (
            <Message key={message.offset} room={room} message={message} before={room.chat[i - 1]} isMine={message.publisher === userId} />
          ))}
        </ol>
      </div>
      <Compose />
    </section>
  );
}

interface MessageProps {
  room: RoomState;
  message: Publication<ChatMessage>;
  before: Publication<ChatMessage> | undefined;
  isMine: boolean;
}

function Message({ room, message, before, isMine }: MessageProps) {
  const author = message.publisher ?? "";
  const name = message.data.displayName ?? author;
  const continues = before?.publisher === message.publisher && message.timeMs - before.timeMs < sameBlockMs;
  const time = new Date(message.timeMs);
  return (
    <li class={`message${isMine ? " mine" : ""}${continues ? " continues" : ""}`} data-offset={message.offset}>
      {!continues && <Avatar userId={author} name={name} />}
      {!continues && (
        <p class="byline">
          <strong>
            <Name room={room} userId={author} told={message.data.displayName} />
          </strong> <time dateTime={time.toISOString()}>{time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}</time>
        </p>
      )}
      <p class="text">{message.data.text}</p>
    </li>
  );
}

function Compose() {
  const run = useRun();
  const [text, setText] = useState("");
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const message = text.trim();
    if (!message) return;
    setText("");
    if (!(await run((connection) => connection.sendChat(message)))) setText((now) => now || message);
  };
  return (
    <form class="compose" onSubmit={(event) => void send(event)}>
      <label class="hidden" for="message">
        Message
      </label>
      <input
        id="message"
        value={text}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="send"
        placeholder="Say something"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button class="primary round" type="submit" aria-label="Send" disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** Keeps a list at its end as it grows, unless its reader has gone back. */
function useFollowEnd(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current!;
    const onScroll = (): void => void (isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < atEndPx);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, []);
  useEffect(() => {
    if (isAtEnd.current) list.current!.scrollTop = list.current!.scrollHeight;
  }, [count]);
  return list;
}
