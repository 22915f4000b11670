import type { PresenceMember, Publication } from "../protocol/channels.js";
import type { ChatMessage, HistoryItem, HostPosition, PlaybackVector, Queue, RoomSettings, SkipTally, Snapshot } from "../protocol/rooms.js";

/** A song that was played. */
export type PlayedSong = Pick<HistoryItem, "entryId" | "track" | "addedBy" | "addedByName" | "endedAtMs">;

/** A room as this client sees it: a snapshot with every later publication applied. Never changed in place. */
export interface RoomState {
  readonly roomId: string;
  readonly settings: RoomSettings;
  readonly ownerUserId: string;
  readonly hostUserId: string | null;
  readonly playback: PlaybackVector;
  readonly hostPosition: HostPosition | null;
  readonly queue: Queue;
  readonly myVotes: Readonly<Record<string, number>>;
  /** Whether this user has voted to skip the current song. */
  readonly mySkipVote: boolean;
  readonly history: readonly PlayedSong[];
  readonly chat: readonly Publication<ChatMessage>[];
  readonly chatHasMore: boolean;
  readonly members: readonly PresenceMember[];
  readonly memberTotal: number;
  readonly skip: SkipTally;
}

/** The state at a snapshot. */
export function stateOf(snapshot: Snapshot): RoomState {
  const { roomId, settings, ownerUserId, hostUserId, playback, queue, myVotes, mySkipVote, history, chat, chatHasMore, skip } = snapshot;
  const { members, total: memberTotal } = snapshot.presence;
  return { roomId, settings, ownerUserId, hostUserId, playback, hostPosition: null, queue, myVotes, mySkipVote, history, chat, chatHasMore, members, memberTotal, skip };
}
