import type { PresenceMember, Publication } from "../protocol/channels.js";
import type { ChatMessage, HistoryItem, HostPosition, PlaybackVector, Queue, RoomSettings, SkipTally, Snapshot } from "../protocol/rooms.js";

/** A song that was played. */
export type PlayedSong = Pick<HistoryItem, "entryId" | "track" | "addedBy" | "endedAtMs">;

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
  readonly history: readonly PlayedSong[];
  readonly chat: readonly Publication<ChatMessage>[];
  readonly chatHasMore: boolean;
  readonly members: readonly PresenceMember[];
  readonly memberTotal: number;
  readonly skip: SkipTally;
}

/** The state at a snapshot. */
export function stateOf(snapshot: Snapshot): RoomState {
  return {
    roomId: snapshot.roomId,
    settings: snapshot.settings,
    ownerUserId: snapshot.ownerUserId,
    hostUserId: snapshot.hostUserId,
    playback: snapshot.playback,
    hostPosition: null,
    queue: snapshot.queue,
    myVotes: snapshot.myVotes,
    history: snapshot.history,
    chat: snapshot.chat,
    chatHasMore: snapshot.chatHasMore,
    members: snapshot.presence.members,
    memberTotal: snapshot.presence.total,
    skip: snapshot.skip,
  };
}
