import assert from "node:assert/strict";
import { test } from "node:test";
import { Fixture, never } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

const returnMs = 15_000;

/** Where an attempt can hang, and how: the answer lets go, for the attempts to come. */
const holes: Record<string, (fixture: Fixture) => () => void> = {
  connecting: () => () => undefined,
  "the token": (fixture) => {
    const { token } = fixture;
    fixture.token = () => never;
    return () => (fixture.token = token);
  },
  Authenticate: (fixture) => holdForEver(fixture, "Authenticate"),
  JoinRoom: (fixture) => holdForEver(fixture, "JoinRoom"),
};

for (const [step, open] of Object.entries(holes)) {
  test(`a network that swallows ${step} for a minute is come back from within 15 s, and no transport has to stop for that`, async () => {
    const fixture = await Fixture.joined();
    const close = open(fixture);
    fixture.server.neverStops = true;
    fixture.server.isBlackHole = step === "connecting";
    fixture.server.cut();
    await fixture.time.advance(60_000);
    assert.equal(fixture.connection.state, "reconnecting");
    assert.ok(fixture.server.attempts >= 6, `${fixture.server.attempts} attempts`);
    close();
    fixture.server.isBlackHole = false;
    await fixture.time.advance(returnMs);
    assert.equal(fixture.connection.state, "live");
    assert.equal(fixture.server.openConnections, 1);
  });
}

function holdForEver(fixture: Fixture, method: string): () => void {
  fixture.server.holdAnswers = (asked) => (asked === method ? never : Promise.resolve());
  return () => (fixture.server.holdAnswers = null);
}

test("the first connection is made too once the network lets it through", async () => {
  const fixture = new Fixture();
  fixture.server.neverStops = true;
  fixture.server.isBlackHole = true;
  const starting = fixture.connection.start();
  await fixture.time.advance(60_000);
  assert.equal(fixture.connection.state, "connecting");
  fixture.server.isBlackHole = false;
  await fixture.time.advance(returnMs);
  await starting;
  assert.equal(fixture.connection.state, "live");
  assert.equal(fixture.server.openConnections, 1);
});

test("the old transport may take for ever to stop", async () => {
  const fixture = await Fixture.joined();
  fixture.server.neverStops = true;
  fixture.connection.reconnect();
  await fixture.time.advance(1_000);
  assert.equal(fixture.connection.state, "live");
  assert.equal(fixture.server.connections, 2);
});

test("a token that fails while connecting is told, and asked for again", async () => {
  const fixture = await Fixture.joined();
  fixture.token = () => Promise.reject(new Error("no token today"));
  fixture.server.cut();
  await fixture.time.advance(5_000);
  assert.ok(fixture.tokens > 2);
  assert.equal((fixture.errors[0] as Error).message, "no token today");
});

test("waking leaves a young attempt alone", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isBlackHole = true;
  fixture.server.cut();
  await fixture.time.advance(1_000);
  fixture.connection.wake();
  await fixture.time.advance(100);
  assert.equal(fixture.server.attempts, 2);
});

test("waking during a young attempt that hangs makes another 1.5 s after its start", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isBlackHole = true;
  fixture.server.cut();
  await fixture.time.advance(1_000);
  assert.equal(fixture.server.attempts, 2);
  fixture.connection.wake();
  fixture.server.neverStops = true;
  await fixture.time.advance(1_300);
  assert.equal(fixture.server.attempts, 3);
});

test("waking during a young attempt that is refused makes another at once", async () => {
  const fixture = await Fixture.joined();
  let refuse = (): void => undefined;
  fixture.token = () => new Promise((_, reject) => (refuse = () => reject(new Error("no network"))));
  fixture.server.cut();
  await fixture.time.advance(1_000);
  fixture.connection.wake();
  refuse();
  await fixture.time.advance(0);
  assert.equal(fixture.server.attempts, 3);
});

test("a connection that was woken as it was made comes back spread out when it is lost", async () => {
  const fixture = await Fixture.joined();
  const release = fixture.server.hold("Authenticate");
  fixture.server.cut();
  await fixture.time.advance(300);
  fixture.connection.wake();
  release();
  await settle();
  assert.equal(fixture.connection.state, "live");
  const before = fixture.server.attempts;
  fixture.server.cut();
  await settle();
  assert.equal(fixture.server.attempts, before);
});

test("waking cuts an attempt short that is older than 2 s, and makes another at once", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isBlackHole = true;
  fixture.server.cut();
  await fixture.time.advance(2_500);
  assert.equal(fixture.server.attempts, 2);
  fixture.server.isBlackHole = false;
  fixture.connection.wake();
  await fixture.time.advance(1);
  assert.equal(fixture.connection.state, "live");
});

test("waking ends the wait between two attempts", async () => {
  const fixture = await Fixture.joined();
  fixture.server.isDown = true;
  fixture.server.cut();
  await fixture.time.advance(60_000);
  const before = fixture.server.attempts;
  fixture.connection.wake();
  await settle();
  assert.equal(fixture.server.attempts, before + 1);
});

test("however long it was refused, there are no more than 10 s between two attempts", async () => {
  const fixture = await Fixture.joined();
  fixture.time.chance = 0.999;
  fixture.server.isDown = true;
  fixture.server.cut();
  await fixture.time.advance(3_600_000);
  const before = fixture.server.attempts;
  await fixture.time.advance(60_000);
  assert.equal(fixture.server.attempts - before, 6);
});

test("a network that comes and goes every few seconds keeps nobody away for longer each time", async () => {
  const fixture = await Fixture.joined();
  fixture.time.chance = 0.999;
  for (let cut = 0; cut < 10; cut++) {
    fixture.server.isDown = true;
    fixture.server.cut();
    await fixture.time.advance(600);
    fixture.server.isDown = false;
    await fixture.time.advance(3_000);
    assert.equal(fixture.connection.state, "live", `cut ${cut}`);
  }
});

test("a server that ends each connection as soon as it is live is left alone more and more", async () => {
  const fixture = await Fixture.joined();
  fixture.time.chance = 0.999;
  fixture.connection.on("state", (state) => state === "live" && fixture.server.cut());
  fixture.server.cut();
  await fixture.time.advance(60_000);
  const before = fixture.server.attempts;
  await fixture.time.advance(60_000);
  assert.equal(fixture.server.attempts - before, 6);
});

test("those whom the server sends away with the same time come back at different times", async () => {
  const delays: number[] = [];
  for (const chance of [0, 0.9]) {
    const fixture = await Fixture.joined();
    fixture.time.chance = chance;
    const from = fixture.time.nowMs();
    fixture.connection.on("state", (state) => state === "live" && delays.push(fixture.time.nowMs() - from));
    fixture.server.send("closing", { code: "SLOW_CONSUMER", reconnectAfterMs: 1_000 });
    await fixture.time.advance(2_000);
  }
  assert.deepEqual(delays, [500, 1_400]);
});

test("waking probes the clock of a connection that lives", async () => {
  const fixture = await Fixture.joined();
  await fixture.time.advance(60_000);
  const before = fixture.server.count("Time");
  fixture.connection.wake();
  await fixture.time.advance(1_000);
  assert.equal(fixture.server.count("Time") - before, 12);
});

test("waking finds out within 11 s that a connection is dead", async () => {
  const fixture = await Fixture.joined();
  await fixture.time.advance(60_000);
  fixture.server.holdAnswers = () => never;
  fixture.connection.wake();
  await fixture.time.advance(10_100);
  assert.equal(fixture.connection.state, "reconnecting");
});

test("a probe that is refused is an answer, and no reason to reconnect", async () => {
  const fixture = await Fixture.joined();
  fixture.server.refuse = (method) => (method === "Time" ? "RATE_LIMITED" : null);
  await fixture.time.advance(60_000);
  assert.equal(fixture.server.connections, 1);
});
