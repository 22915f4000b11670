import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, Fixture, heard, never } from "./Fixture.js";

const minuteMs = 60_000;

test("a token of an hour is renewed a minute before it ends by the server's clock, whatever the clock of this machine says", async () => {
  const fixture = await Fixture.joined();
  await fixture.time.advance(58 * minuteMs);
  assert.equal(fixture.tokens, 1);
  await fixture.time.advance(2 * minuteMs);
  assert.equal(fixture.tokens, 2);
  await fixture.time.advance(30 * minuteMs);
  assert.equal(fixture.tokens, 2);
});

test("a token that has ended already is not renewed more than twice a minute", async () => {
  const fixture = await Fixture.joined();
  fixture.server.tokenLifeMs = -minuteMs;
  fixture.server.cut();
  await fixture.time.advance(10 * minuteMs);
  assert.ok(fixture.tokens >= 18 && fixture.tokens <= 22, `${fixture.tokens} tokens`);
});

test("a renewal that is refused is told, tried again, and leaves the connection alone", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Authenticate" ? "TOKEN_INVALID" : null);
  await fixture.time.advance(59.9 * minuteMs);
  assert.deepEqual(fixture.errors.map((error) => (error as { code: string }).code), ["TOKEN_INVALID", "TOKEN_INVALID"]);
  assert.equal(fixture.connection.state, "live");
  fixture.server.refuse = null;
  await fixture.time.advance(minuteMs);
  assert.equal(fixture.tokens, 4);
  assert.equal(fixture.server.connections, 1);
});

test("a renewal whose token never comes is tried again", async () => {
  const fixture = await Fixture.joined();
  const { token } = fixture;
  fixture.token = () => never;
  await fixture.time.advance(59.5 * minuteMs);
  fixture.token = token;
  await fixture.time.advance(minuteMs);
  assert.equal(fixture.server.count("Authenticate"), 2);
});

test("who makes tokens is told when nobody waits for one any more", async () => {
  const fixture = await Fixture.joined();
  const signals: AbortSignal[] = [];
  fixture.token = (signal) => {
    signals.push(signal);
    return never;
  };
  fixture.server.cut();
  await fixture.time.advance(11_000);
  assert.deepEqual(signals.map((signal) => signal.aborted), [true, false]);
  await fixture.connection.stop();
  assert.deepEqual(signals.map((signal) => signal.aborted), [true, true]);
});

test("commands that meet TOKEN_EXPIRED while the token never comes go through once it does", async () => {
  const fixture = await Fixture.joined();
  let isExpired = true;
  const { token } = fixture;
  fixture.token = () => never;
  fixture.server.refuse = (method) => {
    if (method === "Authenticate") isExpired = false;
    return isExpired && method === "Play" ? "TOKEN_EXPIRED" : null;
  };
  const playing = heard(fixture.connection.play());
  await fixture.time.advance(12_000);
  fixture.token = token;
  await fixture.time.advance(12_000);
  assert.equal(await codeOf(playing), "none");
});

test("a token that is refused at the start is told, and asked for again with longer and longer waits", async () => {
  const fixture = new Fixture();
  fixture.server.refuse = (method) => (method === "Authenticate" ? "TOKEN_INVALID" : null);
  void fixture.connection.start();
  await fixture.time.advance(minuteMs);
  assert.equal((fixture.errors[0] as { code: string }).code, "TOKEN_INVALID");
  assert.equal(fixture.connection.state, "connecting");
  assert.ok(fixture.tokens > 10 && fixture.tokens < 20, `${fixture.tokens} tokens`);
});

test("a token that is expired for ever is not asked for more than a few dozen times by one command", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Play" ? "TOKEN_EXPIRED" : null);
  const playing = heard(fixture.connection.play());
  await fixture.time.advance(minuteMs);
  assert.equal(await codeOf(playing), "TOKEN_EXPIRED");
  assert.ok(fixture.tokens < 24, `${fixture.tokens} tokens`);
});

test("a token that the server takes back is not shown again: another one connects as ever", async () => {
  const fixture = await Fixture.joined();
  fixture.server.send("closing", { code: "TOKEN_REVOKED", reconnectAfterMs: null });
  await fixture.time.advance(minuteMs);
  assert.equal(fixture.connection.state, "live");
  assert.deepEqual(shown(fixture), ["token-1", "token-2"]);
  assert.deepEqual(fixture.errors.map((error) => (error as { code: string }).code), ["TOKEN_REVOKED"]);
});

test("where there is no other token than the one that was taken back, it is over", async () => {
  const fixture = new Fixture();
  fixture.token = async () => "the only one";
  await fixture.connection.start();
  fixture.server.send("closing", { code: "TOKEN_REVOKED", reconnectAfterMs: null });
  await fixture.time.advance(10 * minuteMs);
  assert.equal(fixture.connection.state, "closed");
  assert.deepEqual(shown(fixture), ["the only one"]);
  await assert.rejects(fixture.connection.start(), { code: "CLOSED", detail: "TOKEN_REVOKED" });
});

test("a token that was taken back while there was no connection is shown once, and not again", async () => {
  const fixture = new Fixture();
  fixture.token = async () => "the only one";
  fixture.server.refuse = (method) => (method === "Authenticate" ? "TOKEN_REVOKED" : null);
  assert.equal(await codeOf(heard(fixture.connection.start())), "TOKEN_REVOKED");
  await fixture.time.advance(minuteMs);
  assert.equal(fixture.connection.state, "closed");
  assert.deepEqual(shown(fixture), ["the only one"]);
});

/** The tokens that the server was shown. */
const shown = (fixture: Fixture): unknown[] => fixture.server.requests.filter(({ method }) => method === "Authenticate").map(({ body }) => body.token);
