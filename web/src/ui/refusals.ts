import { RefusalError } from "@whatssound/client";

const sentences: Record<string, string> = {
  CLOSED: "The connection is closed.",
  DUPLICATE_TRACK: "That song is already in the queue.",
  ENTRY_NOT_FOUND: "That song is no longer in the queue.",
  FORBIDDEN: "Only the host may do that.",
  LEFT: "You left the room before that was done.",
  MESSAGE_TOO_LONG: "That message is too long.",
  NOTHING_PLAYING: "Nothing is playing.",
  NOT_MEMBER: "You are not in the room.",
  QUEUE_FULL: "The queue is full.",
  RATE_LIMITED: "A little slower, please.",
  ROOM_FULL: "The room is full.",
  ROOM_NOT_FOUND: "There is no such room.",
  SELF_VOTE: "Your own song has your vote already.",
  SKIP_TOO_EARLY: "Give the song a few seconds first.",
  STALE_ENTRY: "The song has changed meanwhile.",
  TIMEOUT: "The server did not answer in time.",
  TRACK_TOO_LONG: "That song is too long for this room.",
  USER_QUOTA: "You have as many songs in the queue as you may.",
};

/** What went wrong, for a person. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RefusalError) return sentences[error.code] ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
