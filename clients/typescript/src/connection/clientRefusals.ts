import { RefusalError } from "../protocol/RefusalError.js";

/** No answer came: the same code that the server uses for it. */
export function unanswered(): RefusalError {
  return new UnansweredError({ code: "TIMEOUT", message: "No answer came in time: the outcome is unknown.", retryable: true, retryAfterMs: null, detail: null });
}

/** Nothing came, not even a refusal: it may be the connection that is dead, and not what was asked for. */
export class UnansweredError extends RefusalError {}

/** The method failed without a coded refusal. */
export function failed(error: unknown): RefusalError {
  return refusal("INTERNAL", messageOf(error), false);
}

/** The answer is not one of this protocol: the same code that the server uses for a bug. */
export function notUnderstood(): RefusalError {
  return refusal("INTERNAL", "The server's answer could not be read.", false);
}

/** A command to a room while no room is joined: the same code that the server uses for it. */
export function notInRoom(): RefusalError {
  return refusal("NOT_MEMBER", "No room is joined.", false);
}

/** Presence in a channel that is not subscribed: the same code that the server uses for it. */
export function notSubscribed(): RefusalError {
  return refusal("NOT_SUBSCRIBED", "The channel is not subscribed.", false);
}

/** A channel has one subscription, which cannot begin in two places: the same code that the server uses for bad input. */
export function alreadySubscribed(): RefusalError {
  return refusal("BAD_REQUEST", "The channel is subscribed already: unsubscribe first to begin elsewhere.", false);
}

/** More requests wait than are kept: the same code that the server uses for it. */
export function tooMany(): RefusalError {
  return refusal("RATE_LIMITED", "Too many requests wait to be sent.", true);
}

/** There can be no connection with these options: the same code that the server uses for bad input. */
export function badOptions(error: unknown): RefusalError {
  return refusal("BAD_REQUEST", messageOf(error), false);
}

/** `stop` was called. `CLOSED` and `LEFT` are the codes that only this client makes. */
export function stopped(): RefusalError {
  return refusal("CLOSED", "The connection was closed by this client.", false);
}

/** The server ended the connection and does not want it back: with a newer one of the user it would only trade places. */
export function sentAway(code: string): RefusalError {
  return refusal(code, "The server ended the connection for good.", false);
}

/** `leave` was called, or another room was joined, before the request was carried out. */
export function left(): RefusalError {
  return refusal("LEFT", "The room was left by this client before the request was carried out.", false);
}

/** `unsubscribe` was called before the request was carried out. */
export function unsubscribed(): RefusalError {
  return refusal("LEFT", "The channel was unsubscribed by this client before the request was carried out.", false);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusal(code: string, message: string, retryable: boolean): RefusalError {
  return new RefusalError({ code, message, retryable, retryAfterMs: null, detail: null });
}
