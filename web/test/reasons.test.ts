import "./support/dom";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { RefusalError } from "@whatssound/client";
import { reasonOf } from "../src/app/useTelling";
import { appToken } from "../src/entrance/appToken";
import { guestToken } from "../src/entrance/guestToken";
import { fetchSettings } from "../src/entrance/settings";
import { tokenFrom } from "../src/entrance/tokenFrom";

const { fetch } = globalThis;
let answer: () => Promise<Response>;

beforeEach(() => {
  globalThis.fetch = () => answer();
});

afterEach(() => {
  globalThis.fetch = fetch;
});

/** What an app is told of what an attempt has failed for. */
async function reason(attempt: Promise<unknown>): Promise<object> {
  return attempt.then(
    () => assert.fail("it has succeeded"),
    (error: unknown) => reasonOf(error),
  );
}

for (const [status, code] of [[401, "UNAUTHENTICATED"], [403, "UNAUTHENTICATED"], [404, "UNAVAILABLE"], [500, "UNAVAILABLE"]] as const) {
  test(`an app is told that its token address answered ${status}`, async () => {
    answer = async () => new Response("", { status });
    assert.deepEqual(await reason(tokenFrom("/token", AbortSignal.timeout(1_000))), { code, message: `The token address answered ${status}.`, status });
  });
}

test("an app is told that an address does not answer, and why", async () => {
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  assert.deepEqual(await reason(tokenFrom("/token", AbortSignal.timeout(1_000))), { code: "UNAVAILABLE", message: "No answer: TypeError: Failed to fetch" });
});

test("an app is told what the server answered to the page, in words that say so", async () => {
  answer = async () => new Response("", { status: 503 });
  assert.deepEqual(await reason(fetchSettings("")), { code: "UNAVAILABLE", message: "The server answered 503.", status: 503 });
  localStorage.setItem("whatssound.identity", JSON.stringify({ name: "Ada", secret: null }));
  assert.deepEqual(await reason(guestToken(AbortSignal.timeout(1_000))), { code: "UNAVAILABLE", message: "The server answered 503 to a guest.", status: 503 });
});

test("an app that is asked for a token and says nothing is told so", async () => {
  const over = new AbortController();
  const asking = reason(appToken([], over.signal));
  over.abort();
  assert.deepEqual(await asking, { code: "UNAVAILABLE", message: "The app has handed over no token." });
});

test("a refusal is told with its code and sentence", () => {
  assert.deepEqual(reasonOf(new RefusalError({ code: "BANNED", message: "Out.", retryable: false })), { code: "BANNED", message: "Out." });
});
