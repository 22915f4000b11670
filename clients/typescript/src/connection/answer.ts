import { flag, isObject, type Parser } from "../protocol/parse.js";
import { RefusalError } from "../protocol/RefusalError.js";
import { refusal } from "../protocol/results.js";
import { notUnderstood } from "./clientRefusals.js";

/** The result of an answer; throws the refusal that it is, or `INTERNAL` where it is neither. */
export function readAnswer<T>(answer: unknown, parse: Parser<T>): T {
  if (!isObject(answer)) throw notUnderstood();
  if (flag(answer["ok"])) {
    const result = parse(answer["result"]);
    if (result !== undefined) return result;
  }
  const refused = refusal(answer["error"]);
  throw refused ? new RefusalError(refused) : notUnderstood();
}
