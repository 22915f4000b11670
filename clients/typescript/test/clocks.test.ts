import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelFixture } from "./ChannelFixture.js";

const minuteMs = 60_000;
const dayMs = 86_400_000;

for (const byMs of [250, -250, 40, 2 * 3_600_000]) {
  test(`a clock that jumps by ${byMs} ms is followed within 10 s, and it is told`, async () => {
    const fixture = await ChannelFixture.subscribed();
    let resets = 0;
    fixture.connection.on("clockReset", () => resets++);
    await fixture.time.advance(2 * minuteMs);
    fixture.server.aheadMs += byMs;
    await fixture.time.advance(10_000);
    assert.ok(Math.abs(fixture.connection.clock.nowMs() - fixture.server.clockMs) < 1, `${fixture.connection.clock.nowMs() - fixture.server.clockMs} ms`);
    assert.equal(resets, 1);
  });
}

test("once settled there are 15 probes a minute at most, and 32 whatever a clock does", async () => {
  const fixture = await ChannelFixture.subscribed();
  await fixture.time.advance(minuteMs);
  const answers = [0, 100, 0, 0, -300, 0];
  for (let minute = 0; minute < 10; minute++) {
    const before = fixture.server.count("Time");
    for (let second = 0; second < 60; second++) {
      fixture.server.aheadMs = 5_000_000 + answers[(minute + second) % answers.length]!;
      await fixture.time.advance(1_000);
    }
    const probes = fixture.server.count("Time") - before;
    assert.ok(probes <= 32, `${probes} probes`);
  }
  fixture.server.aheadMs = 5_000_000;
  await fixture.time.advance(minuteMs);
  const before = fixture.server.count("Time");
  await fixture.time.advance(10 * minuteMs);
  assert.ok(fixture.server.count("Time") - before <= 150, `${fixture.server.count("Time") - before} probes in 10 minutes`);
});

test("how good the clock is known is told in milliseconds", async () => {
  const fixture = new ChannelFixture();
  assert.equal(fixture.connection.clock.quality.errorMs, Infinity);
  await fixture.connection.start();
  await fixture.time.advance(minuteMs);
  const { errorMs, samples } = fixture.connection.clock.quality;
  assert.ok(errorMs > 0 && errorMs < 0.5 && samples > 35, `${errorMs} ms of ${samples}`);
});

for (const [name, wallMs] of [["a day ahead", dayMs], ["ten years behind", -3_650 * dayMs], ["none", NaN]] as const) {
  test(`this machine's wall clock is of no matter: ${name}`, async (t) => {
    const fixture = await ChannelFixture.subscribed();
    const asked = t.mock.method(Date, "now", () => Math.trunc(wallMs));
    const tokens = fixture.server.count("Authenticate");
    await fixture.time.advance(5 * minuteMs);
    assert.equal(fixture.server.count("Authenticate"), tokens);
    await fixture.time.advance(56 * minuteMs);
    assert.equal(fixture.server.count("Authenticate"), tokens + 1);
    await fixture.comeBack(() => fixture.there.mumble("one"));
    assert.deepEqual([fixture.texts, fixture.told], [["one"], ["live", "recovered"]]);
    assert.equal(asked.mock.callCount(), 0);
  });
}
