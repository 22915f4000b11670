import type { PresenceChanged, PresenceMember, Publication } from "./channels.js";
import { publication } from "./frames.js";
import { anything, flag, listOf, mapOf, number, off, oneOf, or, orNull, record, text, zero, type Parser } from "./parse.js";
import type { ChatChange, ChatMessage, Fallback, HistoryItem, HostChanged, HostPosition, LoadHint, OwnVotes, PlaybackVector, Queue, QueueEntry, QueueLimits, QueueMode, RoomRoles, RoomSettings, SkipTally, Snapshot, Track } from "./rooms.js";

// What publications and snapshots carry is made by others, by servers of other versions among them: it is parsed here, and never cast.

export const member = record<PresenceMember>({
  userId: text,
  displayName: orNull(text),
  info: anything,
  joinedAtMs: zero,
  isHost: off,
});

export const members = listOf(member);

export const presenceChanged = record<PresenceChanged>({
  joined: members,
  left: listOf(text),
  updated: members,
  total: number,
  isComplete: off,
  summary: orNull(record<NonNullable<PresenceChanged["summary"]>>({ sample: members, activeLastMinute: zero })),
});

const track: Parser<Track> = record<Track>({ url: text, title: text, artist: orNull(text), durationMs: number });

/** Of what is the fallback playlist's. */
const marks = { isFallback: flag };

const entry = record<QueueEntry>({ entryId: text, track, addedBy: text, addedByName: orNull(text), addedAtMs: zero, score: zero }, marks);

export const entries = listOf(entry);

/** A mode that this client does not know orders as the server says: the window comes in playing order. */
export const mode = or(oneOf<QueueMode>("fair", "dj", "fifo", "votes"), "fair");

const limits = record<QueueLimits>({
  songsPerUserMax: orNull(number),
  minutesPerUserMax: zero,
  noRepeatMinutes: zero,
  isVotingOff: off,
  removesVotedDown: off,
});

export const queue = record<Queue>({
  revision: number,
  current: orNull(entry),
  window: entries,
  total: number,
  reason: or(text, ""),
  entryId: orNull(text),
  mode,
  limits: orNull(limits),
});

export const played = record<HistoryItem>(
  {
    entryId: text,
    track,
    addedBy: text,
    addedByName: orNull(text),
    startedAtMs: zero,
    endedAtMs: zero,
    endReason: or(text, ""),
    score: zero,
    skipVotes: zero,
    listeners: zero,
    peakListeners: zero,
    averageListeners: zero,
    listenedMs: zero,
    isCounted: off,
  },
  marks,
);

export const history = listOf(played);

export const vector = record<PlaybackVector>({
  epoch: number,
  revision: number,
  entryId: orNull(text),
  status: oneOf("idle", "playing", "paused"),
  anchorPositionMs: number,
  anchorTimeMs: number,
  ratePermille: number,
  durationMs: number,
  next: orNull(record<LoadHint>({ entryId: text, url: text })),
});

export const hostPosition = record<HostPosition>({ entryId: text, positionMs: number, atMs: number });

export const hostChanged = record<HostChanged>({ hostUserId: orNull(text), reason: or(text, "") });

export const fallback = record<Fallback>({ count: number, setByUserId: orNull(text), revision: zero });

export const skipTally = record<SkipTally>({ have: number, need: number });

const named = record({ name: or(text, ""), description: orNull(text), tags: listOf(text) });

/** What others have named; the rest is the server's own. */
export const settings: Parser<RoomSettings> = (value) => {
  const names = named(value);
  return names && { ...(value as RoomSettings), ...names };
};

/** Whose the room is, by who has which role: the server's own, in which others have nothing but ids. */
export const owner: Parser<string> = (value) => (value as RoomRoles | null)?.holders?.find(({ role }) => role === "owner")?.userId;

const said = record({ text, displayName: orNull(text) });

// The rest of a message is the server's own, in which others have nothing but ids.
const chatMessage: Parser<ChatMessage> = (value) => {
  const shown = said(value);
  return shown && { ...(value as ChatMessage), ...shown };
};

export const chatChange = record<ChatChange>({ offset: number, message: chatMessage });

export const own = { myVotes: mapOf(number), mySkipVote: off };

export const ownVotes = record<OwnVotes>(own);

export const role = text as Parser<Snapshot["myRole"]>;

/** A chat publication; undefined where it has no text. */
export function chat(value: unknown): Publication<ChatMessage> | undefined {
  const line = publication(value);
  const data = chatMessage(line?.data);
  return line && data && { ...line, data };
}
