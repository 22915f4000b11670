import type { Refusal } from "./answers.js";
import type { PresenceView } from "./channels.js";
import * as contents from "./contents.js";
import { position, recovery, verdict } from "./frames.js";
import { anything, listOf, mapOf, number, off, or, orNull, record, text, zero, type Parser } from "./parse.js";
import type { Identity, Join, PlaceReason, QueuePage, Receipt, RoomListing, RoomListingPage, RoomRoles, SanctionNotice, Snapshot, TimeAnswer } from "./rooms.js";

// What the server answers.

export const refusal = record<Refusal>({
  code: text,
  message: or(text, ""),
  retryable: off,
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
  isComplete: off,
  activeLastMinute: zero,
  position: or(position, { epoch: "", offset: 0 }),
  version: zero,
});

const idle = contents.vector({ epoch: 0, revision: 0, status: "idle", anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0 })!;
const emptyQueue = contents.queue({ revision: 0, total: 0, reason: "snapshot" })!;
const nobody = presenceView({ total: 0, isComplete: true })!;

// The server's own, in which others have nothing but ids.
const roles = anything as Parser<RoomRoles>;
const sanction = anything as Parser<SanctionNotice>;

/** What others made, and is not as it should be, is left out. */
export const snapshot = record<Snapshot>({
  roomId: text,
  revision: zero,
  serverTimeMs: zero,
  settings: contents.settings,
  ownerUserId: or(text, ""),
  hostUserId: orNull(text),
  myRole: or(contents.role, "listener"),
  playback: or(contents.vector, idle),
  queue: or(contents.queue, emptyQueue),
  ...contents.own,
  history: contents.history,
  fallback: orNull(contents.fallback),
  chat: listOf(contents.chat),
  chatHasMore: off,
  chatCursor: orNull(number),
  presence: or(presenceView, nobody),
  skip: or(contents.skipTally, { have: 0, need: 1 }),
  roles,
  myPermissions: listOf(text),
  mySanctions: listOf(sanction),
  positions: mapOf(position),
});

export const join = record<Join>({ verdict, snapshot: orNull(snapshot), recoveries: listOf(recovery) });

const songs = listOf(record<NonNullable<Receipt["songs"]>[number]>({ entryId: orNull(text), refusal: orNull(refusal) }));

export const receipt = record<Receipt>({
  revision: zero,
  entryIds: listOf(text),
  position: orNull(position),
  timeMs: orNull(number),
  songs: (value) => (Array.isArray(value) ? songs(value) : null),
  operation: orNull(number),
  invite: orNull(text),
});

export const queuePage = record<QueuePage>({ entries: contents.entries, total: zero, next: orNull(text), isRestarted: off });

export const placeReason = record<PlaceReason>({
  entryId: text,
  place: number,
  total: zero,
  mode: contents.mode,
  turn: or(number, 1),
  roundsAhead: orNull(number),
  score: zero,
  bonusPercent: orNull(number),
  pinnedBy: orNull(text),
  isOrderedByHand: off,
  before: listOf(record<PlaceReason["before"][number]>({ entryId: text, addedBy: or(text, ""), cause: or(text, "") })),
});

const listing = record<RoomListing>({ roomId: text, name: or(text, ""), listenerCount: zero, nowPlaying: orNull(text), updatedAtMs: zero, tags: listOf(text), hasPassword: off, createdAtMs: zero });

export const roomListingPage = record<RoomListingPage>({ rooms: listOf(listing), total: zero, next: orNull(text), isPartial: off });
