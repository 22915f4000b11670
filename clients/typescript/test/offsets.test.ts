import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelFixture } from "./ChannelFixture.js";
import { settle } from "./VirtualEnvironment.js";

const last = Number.MAX_SAFE_INTEGER;

test("offsets up to 2^53 - 1 are followed and recovered", async () => {
  const fixture = await ChannelFixture.subscribed({ since: { epoch: "e1", offset: 0 } });
  const send = (from: number, ...offsets: number[]): void =>
    fixture.server.send("frame", {
      channel: "news",
      epoch: "e1",
      class: "ordered",
      previousOffset: from,
      headOffset: offsets.at(-1) ?? from,
      publications: offsets.map((offset) => ({ offset, id: `${offset}`, timeMs: 0, publisher: "ann", event: "said", data: { text: `${offset}` }, key: null })),
    });
  fixture.there.class = "conflated";
  fixture.server.send("lost", { channel: "news", position: { epoch: "e1", offset: last - 3 }, lostFrom: 1, lostTo: last - 3 });
  await settle();
  send(last - 3, last - 2, last - 1);
  send(last - 1, last);
  send(last - 1, last);
  await settle();
  assert.deepEqual(fixture.texts, [`${last - 2}`, `${last - 1}`, `${last}`]);
  assert.deepEqual(fixture.channel.position, { epoch: "e1", offset: last });
});

for (const beyond of [last + 1, last + 3, 1e300, -1, 0.5]) {
  test(`an offset of ${beyond}, which is no number of a publication, is not taken for one`, async () => {
    const fixture = await ChannelFixture.subscribed();
    const publication = { offset: beyond, id: "x", timeMs: 0, publisher: "ann", event: "said", data: { text: "beyond" }, key: null };
    fixture.server.send("frame", { channel: "news", epoch: "e1", class: "ordered", previousOffset: beyond - 1, headOffset: beyond, publications: [publication] });
    fixture.server.send("frame", { channel: "news", epoch: "e1", class: "conflated", previousOffset: 0, headOffset: beyond, publications: [publication] });
    fixture.server.send("lost", { channel: "news", position: { epoch: "e1", offset: beyond }, lostFrom: null, lostTo: null });
    await settle();
    assert.deepEqual([fixture.texts, fixture.channel.position?.offset, fixture.connection.dropped.messages], [[], 0, 3]);
    fixture.there.say("one");
    assert.deepEqual([fixture.texts, fixture.connection.state], [["one"], "live"]);
  });
}
