import type { PresenceMember, Publication } from "../protocol/channels.js";
import * as contents from "../protocol/contents.js";
import type { ChatMessage, HistoryItem, HostPosition, PlaybackVector, Queue, RoomSettings, SkipTally, Snapshot } from "../protocol/rooms.js";

/** A song that was played. */
export type PlayedSong = Pick<HistoryItem, "entryId" | "track" | "addedBy" | "addedByName" | "endedAtMs">;

const idle: PlaybackVector = { epoch: 0, revision: 0, entryId: null, status: "idle", anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0 };
const emptyQueue: Queue = { revision: 0, current: null, window: [], total: 0, reason: "snapshot", entryId: null };

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

/** The state at a snapshot. What others made is parsed: what is not as it should be is left out. */
export function stateOf(snapshot: Snapshot): RoomState {
  const here = contents.presence(snapshot.presence) ?? { members: [], total: 0 };
  return {
    roomId: snapshot.roomId,
    settings: snapshot.settings,
    ownerUserId: snapshot.ownerUserId,
    hostUserId: snapshot.hostUserId,
    playback: contents.vector(snapshot.playback) ?? idle,
    hostPosition: null,
    queue: contents.queue(snapshot.queue) ?? emptyQueue,
    myVotes: contents.votes(snapshot.myVotes),
    history: contents.history(snapshot.history),
    chat: snapshot.chat.map(contents.chat).filter((message) => message !== undefined),
    chatHasMore: snapshot.chatHasMore,
    members: here.members,
    memberTotal: here.total,
    skip: contents.skipTally(snapshot.skip) ?? { have: 0, need: 1 },
  };
}
