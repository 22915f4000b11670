import { useEffect, useRef, useState } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { useStore } from "../../ui/Store";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useChat } from "./ChatContext";

/** With more lines at once their number is said. */
const saidMax = 3;

/** Tells readers what is said, each line once. The list itself says nothing: in it own lines stand twice for a moment, names change, and what is opened adds texts. */
export function Said() {
  const { chat } = useTexts();
  const { room } = useRoom();
  const { lines } = useStore(useChat().log);
  const last = lines.at(-1)?.offset ?? -1;
  const told = useRef(room.chat.at(-1)?.offset ?? -1);
  const [said, setSaid] = useState({ upTo: last, text: "" });
  useEffect(() => {
    const fresh = lines.filter((line) => line.offset > told.current && !line.data.isDeleted);
    told.current = Math.max(told.current, last);
    if (fresh.length === 0) return;
    const texts = fresh.map(({ publisher, data }) => `${nameOf(room, publisher ?? "", data.displayName)}: ${data.text}`);
    setSaid({ upTo: last, text: texts.length > saidMax ? chat.unread(texts.length) : texts.join("\n") });
  }, [last]);
  return (
    <p class="hidden" aria-live="polite" data-testid="said">
      <span key={said.upTo}>{said.text}</span>
    </p>
  );
}
