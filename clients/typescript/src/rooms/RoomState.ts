import type { PresenceMember, Publication } from "../protocol/channels.js";
import type { ChatMessage, Fallback, HistoryItem, HostPosition, PlaybackVector, Queue, RoomRoles, RoomSettings, SanctionNotice, SkipTally, Snapshot } from "../protocol/rooms.js";

/** A song that was played. */
export type PlayedSong = Pick<HistoryItem, "entryId" | "track" | "addedBy" | "addedByName" | "endedAtMs">;

/** A room as this client sees it: a snapshot with every later publication applied. Never changed in place. */
export interface RoomState {
  readonly roomId: string;
  readonly settings: RoomSettings;
  readonly ownerUserId: string;
  readonly hostUserId: string | null;
  /** Who is what, and what the room's own permissions are; null from a server that does not say it. */
  readonly roles: RoomRoles | null;
  readonly playback: PlaybackVector;
  readonly hostPosition: HostPosition | null;
  readonly queue: Queue;
  readonly myVotes: Readonly<Record<string, number>>;
  /** Whether this user has voted to skip the current song. */
  readonly mySkipVote: boolean;
  readonly history: readonly PlayedSong[];
  readonly chat: readonly Publication<ChatMessage>[];
  readonly chatHasMore: boolean;
  /** At the snapshot: what `GetChat` takes as `before` for what was said before. */
  readonly chatCursor: number | null;
  readonly members: readonly PresenceMember[];
  readonly memberTotal: number;
  readonly skip: SkipTally;
  /** What plays when nothing is queued; null from a server that does not say it. */
  readonly fallback: Fallback | null;
  /** What this user might not do at the snapshot. */
  readonly mySanctions: readonly SanctionNotice[];
}

/** The state at a snapshot. */
export function stateOf({ presence: { members, total: memberTotal }, positions: _, ...snapshot }: Snapshot): RoomState {
  return { ...snapshot, hostPosition: null, members, memberTotal };
}
