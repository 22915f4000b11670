import type { Refusal } from "./answers.js";

/** With these a room says that it is none to be in. */
export const goneCodes = ["ROOM_NOT_FOUND", "ROOM_CLOSED", "BANNED", "KICKED"];

/** A refused request. It has changed nothing, except with code `TIMEOUT`: then the outcome is unknown. */
export class RefusalError extends Error implements Refusal {
  override readonly name = "RefusalError";
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly detail: string | null;

  /** @param options its `cause`, where it is something that was thrown */
  constructor(refusal: Pick<Refusal, "code" | "message" | "retryable"> & Partial<Refusal>, options?: ErrorOptions) {
    super(refusal.message, options);
    this.code = refusal.code;
    this.retryable = refusal.retryable;
    this.retryAfterMs = refusal.retryAfterMs ?? null;
    this.detail = refusal.detail ?? null;
  }
}
