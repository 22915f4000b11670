import "./support/dom";
import { RefusalError } from "@whatssound/client";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formatIn } from "../src/language/format";
import { languageCodes, loadLanguage, loadMore } from "../src/language/languages";
import { Problem, sentenceOf } from "../src/ui/problems";

const protocol = readFileSync("../docs/protocol.md", "utf8");

const refusal = (code: string, more: Partial<RefusalError> = {}) => new RefusalError({ code, message: "From the server.", retryable: false, retryAfterMs: null, detail: null, ...more });

const languageOf = async (code: string) => ({ texts: (await loadLanguage(code)).texts, format: formatIn(code) });

/** What a person cannot meet: a page asks for nothing that these are about. */
const unmet = new Set([
  "CONTROL_LIMIT",
  "KEY_INVALID",
  "NOT_SUBSCRIBED",
  "PRESENCE_DISABLED",
  "REPLAYED",
  "SESSION_NOT_FOUND",
  "SIGNATURE_EXPIRED",
  "SIGNATURE_INVALID",
  "SLOW_CONSUMER",
  "UNKNOWN_METHOD",
]);

test("every code of the protocol that a person can meet has a sentence in every language", async () => {
  const table = protocol.slice(protocol.indexOf("## Codes"), protocol.indexOf("## Limits"));
  const codes = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code!).filter((code) => !unmet.has(code));
  assert.ok(codes.length > 50, `${codes.length} codes`);
  for (const code of languageCodes) {
    const texts = await loadMore(code);
    const missing = codes.filter((known) => !(known in texts.refusals));
    assert.deepEqual(missing, [], code);
  }
});

test("a refusal says why and when to try again, in the person's language", async () => {
  const banned = refusal("BANNED", { detail: "shouting", retryAfterMs: 120_000 });
  assert.equal(sentenceOf(await languageOf("en"), await loadMore("en"), banned), "You are banned from this room. Try again in 2 min. Reason: shouting");
  assert.equal(sentenceOf(await languageOf("es"), await loadMore("es"), banned), "Tienes prohibida la entrada a esta sala. Inténtalo de nuevo en 2 min. Motivo: shouting");
});

test("whom the server has sent away for good hears why", async () => {
  const replaced = refusal("CLOSED", { detail: "CONNECTION_LIMIT" });
  assert.equal(sentenceOf(await languageOf("en"), await loadMore("en"), replaced), "You have this page open too often. Close another tab.");
  assert.equal(sentenceOf(await languageOf("en"), await loadMore("en"), refusal("CLOSED")), "The connection is closed.");
});

test("a code that the page does not know comes with the server's own sentence, and what is no refusal with one of the page's", async () => {
  const english = [await languageOf("en"), await loadMore("en")] as const;
  assert.equal(sentenceOf(...english, refusal("FROM_THE_FUTURE")), "From the server.");
  assert.equal(sentenceOf(...english, new Problem((texts) => texts.entrance.unreachable)), "The server cannot be reached.");
  assert.equal(sentenceOf(...english, new TypeError("x is undefined")), "Something went wrong.");
});
