import assert from "node:assert/strict";
import { test } from "node:test";
import { RefusalError } from "../src/index.js";
import { codeOf, Fixture } from "./Fixture.js";

/** What keeps a newcomer from being live, and what `start` says of it. */
const mistakes: Record<string, { make: (fixture: Fixture) => void; code: string; detail: string | null; message: RegExp }> = {
  "a token with another signature": { make: (fixture) => (fixture.server.refuse = refused("TOKEN_INVALID")), code: "TOKEN_INVALID", detail: null, message: /TOKEN_INVALID/ },
  "a token that has run out": { make: (fixture) => (fixture.server.refuse = refused("TOKEN_EXPIRED")), code: "TOKEN_EXPIRED", detail: null, message: /TOKEN_EXPIRED/ },
  "a token function that throws": { make: (fixture) => (fixture.token = () => Promise.reject(new Error("no session"))), code: "UNAUTHENTICATED", detail: "token", message: /no session/ },
  "a token function that answers nothing": { make: (fixture) => (fixture.token = async () => undefined as never), code: "UNAUTHENTICATED", detail: "token", message: /undefined/ },
  "a token that no server reads": { make: (fixture) => (fixture.token = async () => "<p>".repeat(30_000)), code: "PAYLOAD_TOO_LARGE", detail: "65536", message: /65,536 bytes/ },
  "an address with no hub": { make: (fixture) => (fixture.server.downWith = 404), code: "BAD_REQUEST", detail: "url", message: /404/ },
  "a server of something else": { make: (fixture) => (fixture.server.downWith = 501), code: "BAD_REQUEST", detail: "url", message: /501/ },
};

function refused(code: string) {
  return (method: string) => (method === "Authenticate" ? code : null);
}

for (const [mistake, { make, code, detail, message }] of Object.entries(mistakes)) {
  test(`start rejects with the reason for ${mistake}, and an error is told`, async () => {
    const fixture = new Fixture();
    make(fixture);
    const starting = fixture.connection.start();
    await fixture.time.advance(0);
    await assert.rejects(starting, (error) => error instanceof RefusalError && error.code === code && error.detail === detail && message.test(error.message));
    assert.equal(fixture.errors.length, 1);
  });
}

test("what start has rejected for may pass: another start waits for it", async () => {
  const fixture = new Fixture();
  fixture.server.refuse = refused("TOKEN_INVALID");
  const starting = fixture.connection.start();
  await fixture.time.advance(0);
  assert.equal(await codeOf(starting), "TOKEN_INVALID");
  const again = fixture.connection.start();
  assert.equal(await codeOf(again), "pending");
  fixture.server.refuse = null;
  await fixture.time.advance(10_000);
  await again;
  assert.equal(fixture.connection.state, "live");
});

for (const status of [undefined, 408, 429, 503]) {
  test(`a network that is away is tried again and again, with an error each time${status ? `: ${status}` : ""}`, async () => {
    const fixture = new Fixture();
    fixture.server.isDown = true;
    fixture.server.downWith = status;
    const starting = fixture.connection.start();
    await fixture.time.advance(60_000);
    assert.equal(await codeOf(starting), "pending");
    assert.ok(fixture.server.attempts > 5);
    assert.equal(fixture.errors.length, fixture.server.attempts);
    fixture.server.isDown = false;
    fixture.server.downWith = undefined;
    await fixture.time.advance(10_000);
    await starting;
  });
}

for (const message of ["fetch failed", "Failed to fetch", "NetworkError when attempting to fetch resource.", "Load failed"]) {
  test(`a network that is away for the token is tried again, too: ${message}`, async () => {
    const fixture = new Fixture();
    const token = fixture.token;
    fixture.token = () => Promise.reject(new TypeError(message));
    const starting = fixture.connection.start();
    await fixture.time.advance(30_000);
    assert.equal(await codeOf(starting), "pending");
    assert.ok(fixture.errors.length > 1);
    fixture.token = token;
    await fixture.time.advance(10_000);
    await starting;
  });
}

test("start rejects after the time that it is given, with why the last attempt failed, and no timer is left of it", async () => {
  const fixture = new Fixture();
  fixture.server.isDown = true;
  const starting = fixture.connection.start(5_000);
  await fixture.time.advance(5_000);
  await assert.rejects(starting, { code: "TIMEOUT", message: "Not connected within 5000 ms: refused" });
  fixture.server.isDown = false;
  await fixture.time.advance(10_000);
  await fixture.connection.start(5_000);
  await fixture.connection.stop();
  assert.equal(fixture.time.pending, 0);
});

test("a token that fails later rejects no start", async () => {
  const fixture = await Fixture.joined();
  fixture.token = () => Promise.reject(new Error("no token today"));
  fixture.server.cut();
  await fixture.time.advance(1_000);
  await fixture.connection.start();
});
