import type { RoomState } from "@whatssound/client";

const tagLengthMin = 4;

/**
 * What to call a user: what their token calls them, as presence has it, or what was told of them when they did something, or as their id is. Names are never taken
 * from what members say of themselves.
 */
export function nameOf(room: RoomState, userId: string, told?: string | null): string {
  const member = room.members.find((other) => other.userId === userId);
  const message = room.chat.findLast((other) => other.publisher === userId);
  return member?.displayName ?? told ?? message?.data.displayName ?? userId;
}

/** The end of a user's id, where somebody else who is here looks the same by name; otherwise null. */
export function tagOf(room: RoomState, userId: string, name: string): string | null {
  const others = room.members.filter((other) => other.userId !== userId && looksLike(nameOf(room, other.userId), name));
  if (others.length === 0) return null;
  let length = tagLengthMin;
  while (length < userId.length && others.some((other) => other.userId.endsWith(userId.slice(-length)))) length++;
  return userId.slice(-length);
}

function looksLike(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** Without what people do not see: case, width, marks on letters, spaces. */
function plain(name: string): string {
  return name.normalize("NFKD").replace(/[\p{M}\p{Z}\p{C}]/gu, "").toLowerCase();
}
