import { RefusalError } from "../protocol/RefusalError.js";

/** No answer came: the same code that the server uses for it. */
export function unanswered(): RefusalError {
  return new UnansweredError({ code: "TIMEOUT", message: "No answer came in time.", retryable: true });
}

/** The first connection was not made in the time that `start` was given; why the last attempt failed is its cause. */
export function notLive(ms: number, cause: unknown): RefusalError {
  return refusal("TIMEOUT", `Not connected within ${ms} ms${cause ? `: ${messageOf(cause)}` : "."}`, null, cause, true);
}

/** Why no other attempt to connect is likely to do better, as a refusal; null where one may. */
export function lasting(error: unknown, step: "url" | "token"): RefusalError | null {
  if (error instanceof RefusalError) return error.retryable || error.code === "INTERNAL" ? null : error;
  // What `fetch` says in one engine or another where the network is away: so it says for tokens, too.
  if (step === "token" && error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return null;
  if (step === "token") return refusal("UNAUTHENTICATED", `No token: ${messageOf(error)}`, step, error);
  const status = (error as { status?: number } | undefined)?.status;
  return /^(4(?!08|25|29)|501)/.test(`${status}`) ? badField(step, `The address of the hub answered ${status}.`) : null;
}

/** Nothing came, not even a refusal: it may be the connection that is dead, and not what was asked for. */
export class UnansweredError extends RefusalError {}

/** The method failed without a coded refusal. */
export function failed(error: unknown): RefusalError {
  return refusal("INTERNAL", messageOf(error));
}

/** The answer is not one of this protocol: the same code that the server uses for a bug. */
export function notUnderstood(): RefusalError {
  return refusal("INTERNAL", "The answer is unreadable.");
}

/** The request is larger than the server takes: as the server says it, which for one that is larger still would end the connection. */
export function tooLarge(bytesMax: number): RefusalError {
  return refusal("PAYLOAD_TOO_LARGE", `A request must have at most ${bytesMax.toLocaleString("en")} bytes.`, `${bytesMax}`);
}

/** A field, or an option, that will not do, as it is or as something threw: the same code that the server uses for it. */
export function badField(field: string, problem: unknown): RefusalError {
  return refusal("BAD_REQUEST", messageOf(problem), field, problem);
}

/** A hint that there is none of: the same code that the server uses for it. */
export function noHint(): RefusalError {
  return refusal("UNKNOWN_METHOD", "There is no such hint.");
}

/** A command to a room while no room is joined: the same code that the server uses for it. */
export function notInRoom(userId: string | null): RefusalError {
  return refusal("NOT_MEMBER", "No room is joined.", userId);
}

/** Presence in a channel that is not subscribed: the same code that the server uses for it. */
export function notSubscribed(channel: string): RefusalError {
  return refusal("NOT_SUBSCRIBED", "The channel is not subscribed.", channel);
}

/** More requests wait than are kept: the same code that the server uses for it. */
export function tooMany(): RefusalError {
  return refusal("RATE_LIMITED", "Too many requests wait.", null, null, true);
}

/** It is over: `stop` was called. `CLOSED` and `LEFT` are the codes that only this client makes. */
export function closed(): RefusalError {
  return refusal("CLOSED", "The connection is closed.");
}

/** The server has ended a connection, and said why: `CLOSED` where it does not want it back, since with a newer one of the user it would only trade places. */
export function ended(code: string, by: string): RefusalError {
  return refusal(code, `The server ended the connection: ${by}.`, by);
}

/** `leave` or `unsubscribe` was called, or another room was joined, before the request was carried out. */
export function left(): RefusalError {
  return refusal("LEFT", "Left before it was done.");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusal(code: string, message: string, detail: string | null = null, cause?: unknown, retryable = false): RefusalError {
  return new RefusalError({ code, message, retryable, detail }, cause ? { cause } : undefined);
}
