import type { Refusal } from "./answers.js";

/** A refused request. It has changed nothing, except with code `TIMEOUT`: then the outcome is unknown. */
export class RefusalError extends Error implements Refusal {
  override readonly name = "RefusalError";
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly detail: string | null;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.retryable = refusal.retryable;
    this.retryAfterMs = refusal.retryAfterMs ?? null;
    this.detail = refusal.detail ?? null;
  }
}
