import { RefusalError } from "@whatssound/client";
import { useLanguage, useMore, type Language } from "../language/Language";
import type { More, Texts } from "../text";

/** Something that went wrong on the page's side, which can be said in any language; and to an app around the page, to which it is told as well, in a message of its own. */
export class Problem extends Error {
  /** @param status what an address answered, where that is the problem */
  constructor(
    readonly sentence: (texts: Texts, more: More) => string,
    message = "",
    readonly status?: number,
  ) {
    super(message);
  }
}

type Refusals = More["refusals"];

const hasText = (refusals: Refusals, code: string): code is keyof Refusals => Object.hasOwn(refusals, code);

/** Their detail is what somebody gave as the reason. */
const reasoned = new Set(["BANNED", "KICKED", "MUTED", "TIMED_OUT", "ROOM_CLOSED"]);

/** What went wrong, for a person: the one way in which the page says that something was not done. */
export function sentenceOf({ texts, format }: Pick<Language, "texts" | "format">, more: More, error: unknown): string {
  if (error instanceof Problem) return error.sentence(texts, more);
  if (!(error instanceof RefusalError)) return texts.problems.unexpected;
  const { detail, retryAfterMs } = error;
  // Whom the server sent away hears why.
  const code = (error.code === "CLOSED" && detail) || error.code;
  // Codes of a server that is newer than the page come with a sentence of the server's.
  const sentences = [hasText(more.refusals, code) ? more.refusals[code] : error.message];
  if (retryAfterMs) sentences.push(texts.problems.again(format.duration(retryAfterMs)));
  if (detail && reasoned.has(code)) sentences.push(texts.problems.reason(detail));
  return sentences.join(" ");
}

/** A function that says what went wrong; it answers nothing until the sentences are loaded. */
export function useSentence(): (error: unknown) => string {
  const language = useLanguage();
  const more = useMore();
  return (error) => (more ? sentenceOf(language, more, error) : "");
}
