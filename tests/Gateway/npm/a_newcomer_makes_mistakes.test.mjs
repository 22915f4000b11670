// What somebody who tries the client library for the first time does wrong is said at once, and ends nothing that could go on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Connection } from "@whatssound/client";
import { unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { fetchToken } from "./support/tokens.mjs";

let server;
let token;

before(async () => {
  server = await startServer();
  token = await fetchToken(server.url, unique("eve"));
});

after(() => server.stop());

/** A connection, and what it tells of failures; it is stopped after the test. */
function connectionOf(t, options) {
  const errors = [];
  const connection = new Connection({ url: `${server.url}/hub`, token: async () => token, ...options });
  connection.on("error", (error) => errors.push(error));
  t.after(() => connection.stop());
  return { connection, errors };
}

const mistakes = {
  "a token with another signature": [{ token: async () => `${token.slice(0, -6)}AAAAAA` }, { code: "TOKEN_INVALID" }],
  "a token function that throws": [{ token: () => Promise.reject(new Error("no session")) }, { code: "UNAUTHENTICATED", detail: "token", message: /no session/ }],
  "a token function that answers nothing": [{ token: async () => undefined }, { code: "UNAUTHENTICATED", detail: "token" }],
};

for (const [mistake, [options, { message, ...refusal }]] of Object.entries(mistakes)) {
  test(`start says what is wrong with ${mistake}`, async (t) => {
    const { connection, errors } = connectionOf(t, options);
    await assert.rejects(connection.start(), (error) => {
      assert.deepEqual({ code: error.code, ...("detail" in refusal && { detail: error.detail }) }, refusal);
      return message?.test(error.message) ?? true;
    });
    assert.ok(errors.length > 0);
  });
}

test("start says that the address is none of a hub", async (t) => {
  const { connection } = connectionOf(t, { url: `${server.url}/nowhere` });
  await assert.rejects(connection.start(), { code: "BAD_REQUEST", detail: "url", message: "The address of the hub answered 404." });
});

test("start gives a network that is away no more than the time that it is given, and says why", async (t) => {
  const { connection, errors } = connectionOf(t, { url: "http://127.0.0.1:9/hub" });
  await assert.rejects(connection.start(3_000), { code: "TIMEOUT", message: /^Not connected within 3000 ms: .+/ });
  assert.ok(errors.length > 0);
});

test("a publication that would end the connection is refused before it is sent", async (t) => {
  const { connection } = connectionOf(t);
  await connection.start();
  const channel = connection.channel(unique("large"));
  await assert.rejects(channel.publish("x", "y".repeat(3_000_000)), { code: "PAYLOAD_TOO_LARGE", detail: "65536" });
  await channel.publish("x", "y");
  assert.equal(connection.state, "live");
});

test("a connection that the server ends for something too large is made anew, and that alone is refused", async (t) => {
  const { connection, errors } = connectionOf(t, { requestBytesMax: Infinity });
  await connection.start();
  const [large, small] = [unique("large"), unique("small")].map((name) => connection.channel(name));
  const refused = assert.rejects(large.publish("x", "y".repeat(3_000_000)), { code: "PAYLOAD_TOO_LARGE" });
  await small.publish("x", "y");
  await refused;
  await large.publish("x", "y");
  assert.deepEqual(errors.map(({ code }) => code), ["PAYLOAD_TOO_LARGE"]);
});

test("what the server refuses as too large is what the library refuses", async (t) => {
  const refusals = [];
  for (const options of [{}, { requestBytesMax: Infinity }]) {
    const { connection } = connectionOf(t, options);
    await connection.start();
    const error = await connection.channel(unique("large")).publish("x", "y".repeat(70_000)).catch((reason) => reason);
    refusals.push({ code: error.code, message: error.message, retryable: error.retryable, retryAfterMs: error.retryAfterMs, detail: error.detail });
  }
  assert.deepEqual(refusals[0], refusals[1]);
});
