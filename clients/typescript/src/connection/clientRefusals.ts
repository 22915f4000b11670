import { RefusalError } from "../protocol/RefusalError.js";

/** No answer came: the same code that the server uses for it. */
export function unanswered(): RefusalError {
  return refusal("TIMEOUT", "No answer came in time: the outcome is unknown.", true);
}

/** The method failed without a coded refusal. */
export function failed(error: unknown): RefusalError {
  return refusal("INTERNAL", error instanceof Error ? error.message : String(error), false);
}

/** `stop` was called. `CLOSED` is the one code that only this client makes. */
export function stopped(): RefusalError {
  return refusal("CLOSED", "The connection was closed by this client.", false);
}

function refusal(code: string, message: string, retryable: boolean): RefusalError {
  return new RefusalError({ code, message, retryable, retryAfterMs: null, detail: null });
}
