import * as contents from "../protocol/contents.js";
import { changed } from "../presence/changed.js";
import type { PresenceChanged, Publication } from "../protocol/channels.js";
import type { Parser } from "../protocol/parse.js";
import type { ChatChange, ChatMessage, HostChanged, PlaybackVector, Queue, QueueEntry, RoomRoles } from "../protocol/rooms.js";
import { isNewer } from "../playback/positionAt.js";
import type { PlayedSong, RoomState } from "./RoomState.js";

/** How many chat messages are kept. */
export const chatMax = 500;

/** How many played songs are kept. */
export const historyMax = 10;

type Place = Partial<QueueEntry> | null | undefined;

/** What `queueOrder` should carry. */
type Order = { current?: Place; window?: Place[] } | null;

type Reducer = (state: RoomState, publication: Publication) => RoomState;

const reducers: Record<string, Reducer> = {
  chat: (state, publication) => withChat(state, contents.chat(publication)),
  chatChanged: on(contents.chatChange, withChange),
  queue: on(contents.queue, withQueue),
  myVotes: on(contents.ownVotes, (state, own) => ({ ...state, ...own })),
  queueOrder: (state, publication) => reduce(state, { ...publication, event: "queue", data: ordered(state.queue, publication.data as Order) }),
  skip: as("skip", contents.skipTally),
  playback: on(contents.vector, withPlayback),
  played: on(contents.played, withPlayed),
  hostPosition: as("hostPosition", contents.hostPosition),
  hostChanged: on(contents.hostChanged, withHost),
  settings: as("settings", contents.settings),
  fallback: as("fallback", contents.fallback),
  roles: on(contents.owner, (state, ownerUserId, { data }) => ({ ...state, ownerUserId, roles: data as RoomRoles })),
  presence: on(contents.presenceChanged, withPresence),
};

/**
 * The state after one publication of one of the room's channels. An event this client does not know, or one whose data is not what such an event carries,
 * changes nothing.
 */
export function reduce(state: RoomState, publication: Publication): RoomState {
  const { event } = publication;
  return event !== null && Object.hasOwn(reducers, event) ? reducers[event]!(state, publication) : state;
}

/** What does not parse changes nothing. */
function on<T>(parse: Parser<T>, apply: (state: RoomState, parsed: T, publication: Publication) => RoomState): Reducer {
  return (state, publication) => {
    const parsed = parse(publication.data);
    return parsed ? apply(state, parsed, publication) : state;
  };
}

/** What is told replaces a member of the state. */
function as<K extends keyof RoomState>(member: K, parse: Parser<RoomState[K]>): Reducer {
  return on(parse, (state, told) => ({ ...state, [member]: told }));
}

/** The state with one's own vote, before the publication that tells of it. */
export function withMyVote(state: RoomState, entryId: string, value: number): RoomState {
  const { [entryId]: _, ...others } = state.myVotes;
  return { ...state, myVotes: value ? { ...others, [entryId]: value } : others };
}

/** The state with one's own vote to skip a song, if that is still the current one. */
export function withMySkipVote(state: RoomState, entryId: string, isOn: boolean): RoomState {
  return state.queue.current?.entryId === entryId ? { ...state, mySkipVote: isOn } : state;
}

function withChat(state: RoomState, message: Publication<ChatMessage> | undefined): RoomState {
  if (!message) return state;
  const chat = [...state.chat, message];
  return { ...state, chat: chat.slice(-chatMax), chatHasMore: state.chatHasMore || chat.length > chatMax };
}

function withChange(state: RoomState, { offset, message }: ChatChange): RoomState {
  return { ...state, chat: state.chat.map((line) => (line.offset === offset ? { ...line, data: message } : line)) };
}

/** The queue in another order, and with other scores. It brings no song that was neither current nor in the window; what is here of one all the same is no entry of a queue, and is left out. */
function ordered({ current, window }: Queue, order: Order): object {
  const songs = Object.fromEntries([...window, current].map((song) => [song?.entryId, song]));
  const songAt = (place: Place): object => ({ ...songs[place?.entryId!], ...place });
  return { ...order, current: songAt(order?.current), window: order?.window?.map?.(songAt) };
}

function withQueue(state: RoomState, queue: Queue, { timeMs }: Publication): RoomState {
  const ended = state.queue.current;
  if (!ended || ended.entryId === queue.current?.entryId) return { ...state, queue };
  const next = { ...state, queue, mySkipVote: false };
  // A server that tells of songs that were played has mostly told of it before; one of before that never does.
  return state.history.some(({ entryId }) => entryId === ended.entryId) ? next : withPlayed(next, playedOf(ended, timeMs));
}

/** The song as the server tells of it stands for what was made of the queue. */
function withPlayed(state: RoomState, song: PlayedSong): RoomState {
  return { ...state, history: [song, ...state.history.filter(({ entryId }) => entryId !== song.entryId)].slice(0, historyMax) };
}

function playedOf({ entryId, track, addedBy, addedByName }: QueueEntry, endedAtMs: number): PlayedSong {
  return { entryId, track, addedBy, addedByName, endedAtMs };
}

function withPlayback(state: RoomState, playback: PlaybackVector): RoomState {
  if (!isNewer(playback, state.playback)) return state;
  const hostPosition = state.hostPosition?.entryId === playback.entryId ? state.hostPosition : null;
  return { ...state, playback, hostPosition };
}

function withHost(state: RoomState, { hostUserId }: HostChanged): RoomState {
  const members = state.members.map((member) => ({ ...member, isHost: member.userId === hostUserId }));
  return { ...state, hostUserId, members };
}

function withPresence(state: RoomState, change: PresenceChanged): RoomState {
  return { ...state, members: changed(state.members, change), memberTotal: change.total };
}
