import { useState } from "preact/hooks";
import { useLanguage } from "../../language/Language";
import { nameOf } from "../people/names";
import { PersonActions } from "../people/PersonActions";
import { standsAbove } from "../people/permissions";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import type { Draft } from "./ChatContext";
import type { ChatLine } from "./ChatLog";
import { emojis } from "./Pulse";

/** For so long an author may change a message. */
const changeableMs = 15 * 60_000;

interface Props {
  line: ChatLine;
  onDraft: (draft: Draft) => void;
  onDone: () => void;
}

/** What may be done with a message. */
export function LineActions({ line, onDraft, onDone }: Props) {
  const { chat } = useLanguage().texts;
  const { connection, room, userId, may, barred } = useRoom();
  const run = useRun();
  const { offset } = line;
  const author = line.publisher ?? "";
  const [isAboutOpen, setIsAboutOpen] = useState(false);
  const isChangeable = author === userId && !barred("timeout") && connection.clock.nowMs() - line.timeMs < changeableMs;
  const mayTakeBack = isChangeable || (may("deleteMessages") && standsAbove(room, userId, author));
  const react = (emoji: string): void => {
    void run((to) => to.request("React", { roomId: room.roomId, emoji, offset }));
    onDone();
  };
  const draft = (kind: "reply" | "edit"): void => {
    onDraft({ kind, line });
    onDone();
  };
  return (
    <>
      <p class="line-actions">
        {may("react") &&
          emojis.map((emoji) => (
            <button key={emoji} class="bare" type="button" aria-label={chat.react(emoji)} onClick={() => react(emoji)}>
              {emoji}
            </button>
          ))}
        {may("chat") && !barred("mute") && (
          <button class="quiet" type="button" onClick={() => draft("reply")}>
            {chat.reply}
          </button>
        )}
        {isChangeable && may("chat") && !barred("mute") && (
          <button class="quiet" type="button" onClick={() => draft("edit")}>
            {chat.edit}
          </button>
        )}
        {mayTakeBack && (
          <button class="quiet" type="button" onClick={() => void run((to) => to.act("DeleteChat", { offset }))}>
            {chat.takeBack}
          </button>
        )}
        {line.publisher && author !== userId && (
          <button class="quiet" type="button" aria-expanded={isAboutOpen} onClick={() => setIsAboutOpen(!isAboutOpen)}>
            <bdi>{chat.about(nameOf(room, author, line.data.displayName))}</bdi>
          </button>
        )}
      </p>
      {isAboutOpen && <PersonActions userId={author} told={line.data.displayName} chatOffset={offset} onDone={onDone} />}
    </>
  );
}
