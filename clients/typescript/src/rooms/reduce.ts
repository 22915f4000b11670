import * as contents from "../protocol/contents.js";
import { changed } from "../presence/changed.js";
import type { PresenceChanged, Publication } from "../protocol/channels.js";
import type { ChatMessage, PlaybackVector, Queue, QueueEntry } from "../protocol/rooms.js";
import { isNewer } from "../playback/positionAt.js";
import type { PlayedSong, RoomState } from "./RoomState.js";

/** How many chat messages are kept. */
export const chatMax = 500;

/** How many played songs are kept. */
export const historyMax = 10;

type Reducer = (state: RoomState, publication: Publication) => RoomState;

const reducers: Record<string, Reducer> = {
  chat: (state, publication) => withParsed(state, contents.chat(publication), withChat),
  queue: (state, publication) => withParsed(state, contents.queue(publication.data), (before, queue) => withQueue(before, queue, publication.timeMs)),
  skip: (state, publication) => withParsed(state, contents.skipTally(publication.data), (before, skip) => ({ ...before, skip })),
  playback: (state, publication) => withParsed(state, contents.vector(publication.data), withPlayback),
  hostPosition: (state, publication) => withParsed(state, contents.hostPosition(publication.data), (before, hostPosition) => ({ ...before, hostPosition })),
  hostChanged: (state, publication) => withParsed(state, contents.hostChanged(publication.data), (before, { hostUserId }) => withHost(before, hostUserId)),
  presence: (state, publication) => withParsed(state, contents.presenceChanged(publication.data), withPresence),
};

/**
 * The state after one publication of one of the room's channels. An event this client does not know, or one whose data is not what such an event carries,
 * changes nothing.
 */
export function reduce(state: RoomState, publication: Publication): RoomState {
  const { event } = publication;
  const reducer = event !== null && Object.hasOwn(reducers, event) ? reducers[event] : undefined;
  return reducer ? reducer(state, publication) : state;
}

function withParsed<T>(state: RoomState, parsed: T | undefined, apply: (state: RoomState, parsed: T) => RoomState): RoomState {
  return parsed === undefined ? state : apply(state, parsed);
}

/** The state with one's own vote, which no publication tells. */
export function withMyVote(state: RoomState, entryId: string, value: number): RoomState {
  const { [entryId]: _, ...others } = state.myVotes;
  return { ...state, myVotes: value === 0 ? others : { ...others, [entryId]: value } };
}

/** The state with one's own vote to skip a song, if that is still the current one. */
export function withMySkipVote(state: RoomState, entryId: string, isOn: boolean): RoomState {
  return state.queue.current?.entryId === entryId ? { ...state, mySkipVote: isOn } : state;
}

function withChat(state: RoomState, message: Publication<ChatMessage>): RoomState {
  const chat = [...state.chat, message];
  return { ...state, chat: chat.slice(-chatMax), chatHasMore: state.chatHasMore || chat.length > chatMax };
}

function withQueue(state: RoomState, queue: Queue, timeMs: number): RoomState {
  const ended = state.queue.current;
  if (!ended || ended.entryId === queue.current?.entryId) return { ...state, queue };
  return { ...state, queue, mySkipVote: false, history: [playedOf(ended, timeMs), ...state.history].slice(0, historyMax) };
}

function playedOf({ entryId, track, addedBy, addedByName }: QueueEntry, endedAtMs: number): PlayedSong {
  return { entryId, track, addedBy, addedByName, endedAtMs };
}

function withPlayback(state: RoomState, playback: PlaybackVector): RoomState {
  if (!isNewer(playback, state.playback)) return state;
  const hostPosition = state.hostPosition?.entryId === playback.entryId ? state.hostPosition : null;
  return { ...state, playback, hostPosition };
}

function withHost(state: RoomState, hostUserId: string | null): RoomState {
  const members = state.members.map((member) => ({ ...member, isHost: member.userId === hostUserId }));
  return { ...state, hostUserId, members };
}

function withPresence(state: RoomState, change: PresenceChanged): RoomState {
  return { ...state, members: changed(state.members, change), memberTotal: change.total };
}
