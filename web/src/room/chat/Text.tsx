import type { ChatMessage } from "@whatssound/client";
import { useTexts } from "../../language/Language";
import { useFold } from "../../ui/useFold";

/** What was said, with the links that the server has found in it and no others. */
export function Text({ message }: { message: ChatMessage }) {
  const { chat } = useTexts();
  const { end: shownTo, fold } = useFold(message.text);
  if (message.isDeleted) return <p class="text deleted">{message.deletedByUserId ? chat.takenAway : chat.takenBack}</p>;
  const parts = [];
  let end = 0;
  for (const { start, length } of message.links ?? []) {
    if (start + length > shownTo) break;
    const address = message.text.slice(start, start + length);
    if (!/^https?:\/\//i.test(address)) continue;
    parts.push(
      message.text.slice(end, start),
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    end = start + length;
  }
  return (
    <>
      <p class="text" dir="auto">
        {parts}
        {message.text.slice(end, shownTo)}
        {message.editedAtMs && <small class="edited"> {chat.edited}</small>}
      </p>
      {fold}
    </>
  );
}
