import type { Refusal } from "./answers.js";
import type { PresenceView } from "./channels.js";
import * as contents from "./contents.js";
import { position, recovery, verdict } from "./frames.js";
import { anything, flag, listOf, mapOf, number, or, orNull, record, text } from "./parse.js";
import type { Identity, Join, PlaybackVector, Queue, Receipt, RoomListing, RoomListingPage, RoomSettings, Snapshot, TimeAnswer } from "./rooms.js";

// What the server answers.

export const refusal = record<Refusal>({
  code: text,
  message: or(text, ""),
  retryable: or(flag, false),
  retryAfterMs: orNull(number),
  detail: orNull(text),
});

/** Of an answer without anything to read. */
export const nothing = anything;

export const identity = record<Identity>({ userId: text, displayName: orNull(text), expiresAtMs: number, connectionId: or(text, "") });

export const timeAnswer = record<TimeAnswer>({ t1Us: number, t2Us: number, t3Us: number });

export const presenceView = record<PresenceView>({
  total: number,
  members: contents.members,
  isComplete: or(flag, false),
  activeLastMinute: or(number, 0),
  position: or(position, { epoch: "", offset: 0 }),
  version: or(number, 0),
});

const idle: PlaybackVector = { epoch: 0, revision: 0, entryId: null, status: "idle", anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0 };
const emptyQueue: Queue = { revision: 0, current: null, window: [], total: 0, reason: "snapshot", entryId: null };
const nobody: PresenceView = { total: 0, members: [], isComplete: true, activeLastMinute: 0, position: { epoch: "", offset: 0 }, version: 0 };

const settings = record<RoomSettings>({ name: or(text, ""), description: orNull(text), isListed: or(flag, true) });

/** What others made, and is not as it should be, is left out. */
export const snapshot = record<Snapshot>({
  roomId: text,
  revision: or(number, 0),
  serverTimeMs: or(number, 0),
  settings,
  ownerUserId: or(text, ""),
  hostUserId: orNull(text),
  myRole: or(contents.role, "listener"),
  playback: or(contents.vector, idle),
  queue: or(contents.queue, emptyQueue),
  myVotes: contents.votes,
  mySkipVote: or(flag, false),
  history: contents.history,
  chat: listOf(contents.chat),
  chatHasMore: or(flag, false),
  presence: or(presenceView, nobody),
  skip: or(contents.skipTally, { have: 0, need: 1 }),
  positions: mapOf(position),
});

export const join = record<Join>({ verdict, snapshot: orNull(snapshot), recoveries: listOf(recovery) });

export const receipt = record<Receipt>({ revision: or(number, 0), entryIds: listOf(text), position: orNull(position), timeMs: orNull(number) });

const listing = record<RoomListing>({ roomId: text, name: or(text, ""), listenerCount: or(number, 0), nowPlaying: orNull(text), updatedAtMs: or(number, 0) });

export const roomListingPage = record<RoomListingPage>({ rooms: listOf(listing), total: or(number, 0) });
