import type { PresenceMember, RoomState } from "@whatssound/client";

const tagLengthMin = 4;

/** What those who are here are called, and who looks the same by name. */
interface Names {
  byId: ReadonlyMap<string, string>;
  alike: ReadonlyMap<string, readonly string[]>;
}

/** Looked up for each line and each song: worked out once for each change of who is here. */
const known = new WeakMap<readonly PresenceMember[], Names>();

function namesOf({ members }: RoomState): Names {
  const names = known.get(members) ?? named(members);
  known.set(members, names);
  return names;
}

function named(members: readonly PresenceMember[]): Names {
  const byId = new Map(members.map((member) => [member.userId, member.displayName ?? member.userId]));
  const alike = new Map<string, string[]>();
  for (const [userId, name] of byId) alike.set(plain(name), [...(alike.get(plain(name)) ?? []), userId]);
  return { byId, alike };
}

/**
 * What to call a user: what their token calls them, as presence has it, or what was told of them when they did something, or as their id is. Names are never taken
 * from what members say of themselves.
 */
export function nameOf(room: RoomState, userId: string, told?: string | null): string {
  return namesOf(room).byId.get(userId) ?? told ?? room.chat.findLast((line) => line.publisher === userId)?.data.displayName ?? userId;
}

/** The end of a user's id, where somebody else who is here looks the same by name; otherwise null. */
export function tagOf(room: RoomState, userId: string, name: string): string | null {
  const others = (namesOf(room).alike.get(plain(name)) ?? []).filter((other) => other !== userId);
  if (others.length === 0) return null;
  let length = tagLengthMin;
  while (length < userId.length && others.some((other) => other.endsWith(userId.slice(-length)))) length++;
  return userId.slice(-length);
}

/** Without what people do not see: case, width, marks on letters, spaces. */
function plain(name: string): string {
  return name.normalize("NFKD").replace(/[\p{M}\p{Z}\p{C}]/gu, "").toLowerCase();
}
