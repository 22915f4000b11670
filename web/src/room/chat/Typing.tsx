import { useLanguage } from "../../language/Language";
import { useStore } from "../../ui/Store";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useChat } from "./ChatContext";

const namedMax = 3;

/** Who writes. It is not announced: it changes too often. */
export function Typing() {
  const { texts, format } = useLanguage();
  const { room } = useRoom();
  const { typing } = useStore(useChat().pulse);
  const names = typing.slice(0, namedMax).map(({ userId, displayName }) => nameOf(room, userId, displayName));
  return <p class="typing">{typing.length > namedMax ? texts.chat.manyWrite : names.length > 0 && <bdi>{texts.chat.writes(format.list(names), names.length)}</bdi>}</p>;
}
