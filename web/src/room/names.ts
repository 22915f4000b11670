import type { RoomState } from "@whatssound/client";

/** What to call a user: as they call themselves here, or did in the chat, or as their id begins. */
export function nameOf(room: RoomState, userId: string): string {
  const member = room.members.find((other) => other.userId === userId);
  const message = room.chat.findLast((other) => other.publisher === userId);
  return member?.info?.name ?? message?.data.displayName ?? userId.replace(/-[a-z0-9]{6}$/, "");
}
