import type { PresenceChanged, PresenceMember, Publication } from "./channels.js";
import { publication } from "./frames.js";
import { anything, flag, listOf, mapOf, number, oneOf, or, orNull, record, text, type Parser } from "./parse.js";
import type { ChatMessage, HistoryItem, HostChanged, HostPosition, PlaybackVector, Queue, QueueEntry, SkipTally, Track } from "./rooms.js";

// What publications and snapshots carry is made by others, by servers of other versions among them: it is parsed here, and never cast.

export const member = record<PresenceMember>({
  userId: text,
  displayName: orNull(text),
  info: anything,
  joinedAtMs: or(number, 0),
  isHost: or(flag, false),
});

export const members = listOf(member);

export const presenceChanged = record<PresenceChanged>({
  joined: members,
  left: listOf(text),
  updated: members,
  total: number,
  isComplete: or(flag, false),
  summary: orNull(record<NonNullable<PresenceChanged["summary"]>>({ sample: members, activeLastMinute: or(number, 0) })),
});

const track: Parser<Track> = record<Track>({ url: text, title: text, artist: orNull(text), durationMs: number });

const entry = record<QueueEntry>({
  entryId: text,
  track,
  addedBy: text,
  addedByName: orNull(text),
  addedAtMs: or(number, 0),
  score: or(number, 0),
});

export const queue = record<Queue>({
  revision: number,
  current: orNull(entry),
  window: listOf(entry),
  total: number,
  reason: or(text, ""),
  entryId: orNull(text),
});

export const history = listOf(
  record<HistoryItem>({
    entryId: text,
    track,
    addedBy: text,
    addedByName: orNull(text),
    startedAtMs: or(number, 0),
    endedAtMs: or(number, 0),
    endReason: or(text, ""),
  }),
);

export const vector = record<PlaybackVector>({
  epoch: number,
  revision: number,
  entryId: orNull(text),
  status: oneOf("idle", "playing", "paused"),
  anchorPositionMs: number,
  anchorTimeMs: number,
  ratePermille: number,
  durationMs: number,
});

export const hostPosition = record<HostPosition>({ entryId: text, positionMs: number, atMs: number });

export const hostChanged = record<HostChanged>({ hostUserId: orNull(text), reason: or(text, "") });

export const skipTally = record<SkipTally>({ have: number, need: number });

const chatMessage = record<ChatMessage>({ text, displayName: orNull(text) });

export const votes = mapOf(number);

export const role = oneOf("listener", "host");

/** A chat publication; undefined where it has no text. */
export function chat(value: unknown): Publication<ChatMessage> | undefined {
  const said = publication(value);
  const data = chatMessage(said?.data);
  return said && data && { ...said, data };
}
