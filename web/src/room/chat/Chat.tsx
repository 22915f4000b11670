import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { Icon } from "../../ui/Icon";
import { useStore } from "../../ui/Store";
import { useRoom } from "../RoomContext";
import { useChat, type Draft } from "./ChatContext";
import { Chunk } from "./Chunk";
import { Compose } from "./Compose";
import { Earlier } from "./Earlier";
import { Said } from "./Said";
import { Typing } from "./Typing";
import { UnsaidLines } from "./UnsaidLines";
import { useFollowEnd } from "./useFollowEnd";
import { useVisibility } from "./useVisibility";
import "./chat.css";

/** What is said in the room. */
export function Chat() {
  const { chat } = useTexts();
  const { log } = useChat();
  const { room, may, barred } = useRoom();
  const mayChat = may("chat") && !barred("mute", "timeout") && !(room.settings.isChatLocked && !may("lockChat"));
  const { lines, chunks, unread, mark, unsaid } = useStore(log);
  const [draft, setDraft] = useState<Draft>(null);
  const { list, follows, isShown, toEnd } = useFollowEnd(`${lines.at(-1)?.offset} ${unsaid.lines.at(-1)?.id}`);
  const isVisible = useVisibility();
  const looks = follows && isShown && isVisible;
  useLayoutEffect(() => mark.look(looks), [mark, looks]);
  useEffect(() => () => mark.look(false), [mark]);
  const onSaid = (): void => {
    mark.forget();
    toEnd();
  };
  return (
    <>
      <div class="messages" ref={list} role="log" aria-live="off" aria-label={chat.messages} tabIndex={0} data-testid="chat" data-lines={lines.length}>
        <div class="messages-all">
          <Earlier list={list} />
          {lines.length === 0 && unsaid.lines.length === 0 && <p class="empty">{mayChat ? chat.empty : chat.nothing}</p>}
          {chunks.map((chunk, i) => (
            <Chunk key={chunk[0]!.offset} lines={chunk} before={chunks[i - 1]?.at(-1)} isNewest={i >= chunks.length - 3} onDraft={setDraft} />
          ))}
          <UnsaidLines />
        </div>
      </div>
      {!follows && (
        <button class="to-end small" type="button" onClick={toEnd}>
          <Icon name="down" /> {unread > 0 ? chat.unread(unread) : chat.toEnd}
        </button>
      )}
      <Said />
      <Typing />
      <Compose draft={draft} onDraft={setDraft} onSaid={onSaid} />
    </>
  );
}
