/** Why a request was not carried out. Branch on `code`; the message is for people. */
export interface Refusal {
  code: string;
  message: string;
  retryable: boolean;
  retryAfterMs: number | null;
  detail: string | null;
}
