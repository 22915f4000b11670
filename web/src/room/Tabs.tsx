import { useLanguage } from "../language/Language";
import { useStore } from "../ui/Store";
import { useChat } from "./chat/ChatContext";
import { useRoom } from "./RoomContext";

export const panels = ["queue", "chat", "people"] as const;
export type PanelName = (typeof panels)[number];

/** On a narrow page, which of the panels is shown. */
export function Tabs({ panel, onSelect }: { panel: PanelName; onSelect: (panel: PanelName) => void }) {
  const { texts, format } = useLanguage();
  const { room } = useRoom();
  const { unread } = useStore(useChat().log);
  const counts = { queue: room.queue.total, chat: unread, people: room.memberTotal };
  return (
    <nav class="tabs" aria-label={texts.room.parts}>
      {panels.map((name) => (
        <button key={name} type="button" aria-pressed={panel === name} onClick={() => onSelect(name)}>
          {texts.room[name]} {counts[name] > 0 && <span class={name === "chat" ? "unread" : undefined} aria-hidden={name === "chat"}>{format.number(counts[name])}</span>}
          {name === "chat" && unread > 0 && <span class="hidden">{texts.chat.unread(unread)}</span>}
        </button>
      ))}
    </nav>
  );
}
