import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelFixture } from "./ChannelFixture.js";
import { codeOf, heard } from "./Fixture.js";
import { settle } from "./VirtualEnvironment.js";

test("what is published after subscribing comes once, in order", async () => {
  const fixture = new ChannelFixture();
  fixture.there.mumble("before");
  await fixture.connection.start();
  const verdict = await fixture.subscribe();
  fixture.there.say("one");
  fixture.there.say("two");
  assert.deepEqual(verdict, { verdict: "live", position: { epoch: "e1", offset: 1 }, lostFrom: null, lostTo: null, applied: 0 });
  assert.deepEqual(fixture.texts, ["one", "two"]);
  assert.deepEqual(fixture.channel.position, { epoch: "e1", offset: 3 });
});

test("a rewind begins with what was published before", async () => {
  const fixture = new ChannelFixture();
  for (const text of ["one", "two", "three"]) fixture.there.mumble(text);
  await fixture.connection.start();
  const verdict = await fixture.subscribe({ rewind: { count: 2 } });
  fixture.there.say("four");
  assert.equal(verdict.applied, 2);
  assert.deepEqual(fixture.texts, ["two", "three", "four"]);
});

test("a position that was kept is gone on from", async () => {
  const fixture = new ChannelFixture();
  for (const text of ["one", "two", "three"]) fixture.there.mumble(text);
  await fixture.connection.start();
  assert.equal((await fixture.subscribe({ since: { epoch: "e1", offset: 1 } })).verdict, "recovered");
  assert.deepEqual(fixture.texts, ["two", "three"]);
});

test("on a new connection what was missed comes once, and says that it is all", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  await fixture.comeBack(() => fixture.there.mumble("two"));
  fixture.there.say("three");
  assert.deepEqual(fixture.texts, ["one", "two", "three"]);
  assert.deepEqual(fixture.told, ["live", "recovered"]);
  assert.equal(fixture.verdicts[1]!.applied, 1);
});

test("what is lost on the way is told from where to where, and what the channel still has behind it comes", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  await fixture.comeBack(() => {
    for (const text of ["two", "three", "four"]) fixture.there.mumble(text);
    fixture.there.forgottenTo = 3;
  });
  fixture.there.say("five");
  assert.deepEqual(fixture.told, ["live", "lost 2 to 3"]);
  assert.deepEqual(fixture.texts, ["one", "four", "five"]);
});

test("of a channel that was numbered anew all comes that it has", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  await fixture.comeBack(() => {
    fixture.there.renumber();
    fixture.there.mumble("new one");
  });
  assert.deepEqual(fixture.told, ["live", "lost null to null"]);
  assert.deepEqual(fixture.texts, ["one", "new one"]);
  assert.deepEqual(fixture.channel.position, { epoch: "e1'", offset: 1 });
});

test("a loss that the server tells of on a living connection is handed on, and delivery goes on after it", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.mumble("one");
  fixture.server.send("lost", { channel: "news", position: { epoch: "e1", offset: 1 }, lostFrom: 1, lostTo: 1 });
  fixture.there.say("two");
  await settle();
  assert.deepEqual(fixture.told, ["live", "lost 1 to 1"]);
  assert.deepEqual(fixture.texts, ["two"]);
});

test("a loss that is told while an answer is awaited that goes further does not take its place", async () => {
  const fixture = await ChannelFixture.subscribed();
  const release = fixture.server.hold("Subscribe");
  fixture.there.mumble("one");
  fixture.there.say("two");
  await settle();
  fixture.server.send("lost", { channel: "news", position: { epoch: "e1", offset: 2 }, lostFrom: 1, lostTo: 1 });
  release();
  await settle();
  assert.deepEqual(fixture.texts, ["one", "two"]);
  assert.deepEqual(fixture.told, ["live", "recovered"]);
});

test("a loss that is told while an answer is awaited that does not go so far is asked about behind it", async () => {
  const fixture = await ChannelFixture.subscribed();
  const release = fixture.server.hold("Subscribe");
  fixture.there.mumble("one");
  fixture.there.say("two");
  await settle();
  fixture.there.mumble("three");
  fixture.there.forgottenTo = 3;
  fixture.there.mumble("four");
  fixture.server.send("lost", { channel: "news", position: { epoch: "e1", offset: 4 }, lostFrom: 3, lostTo: 3 });
  release();
  await settle();
  assert.deepEqual(fixture.told, ["live", "recovered", "lost 3 to 3"]);
  assert.deepEqual(fixture.texts, ["one", "two", "four"]);
});

test("a gap is recovered on the same connection", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.mumble("one");
  fixture.there.say("two");
  await settle();
  assert.deepEqual(fixture.texts, ["one", "two"]);
  assert.deepEqual(fixture.told, ["live", "recovered"]);
  assert.equal(fixture.server.connections, 1);
});

test("of a conflated channel the newest comes, and offsets may skip", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.class = "conflated";
  await fixture.comeBack(() => {
    for (const text of ["one", "two", "three"]) fixture.there.mumble(text);
  });
  fixture.there.say("four");
  assert.deepEqual(fixture.texts, ["three", "four"]);
  assert.deepEqual(fixture.told, ["live", "recovered"]);
});

test("a conflated channel begins with the newest of each key", async () => {
  const fixture = new ChannelFixture();
  fixture.there.class = "conflated";
  for (const text of ["one", "two"]) fixture.there.mumble(text);
  await fixture.connection.start();
  await fixture.subscribe();
  fixture.there.say("three");
  assert.deepEqual([fixture.texts, fixture.told], [["two", "three"], ["live"]]);
});

test("what the publisher did not name, or said in another way than JSON, comes all the same", async () => {
  const fixture = await ChannelFixture.subscribed();
  const heard: unknown[] = [];
  fixture.channel.on("publication", (publication) => heard.push([publication.event, publication.encoding, publication.headers, publication.publisherKind]));
  const publication = { offset: 1, id: "p", timeMs: 0, publisher: "api", publisherKind: "server", event: null, data: "aGk=", encoding: "base64", key: null, headers: { lang: "en" } };
  fixture.server.send("frame", { channel: "news", epoch: "e1", class: "ordered", previousOffset: 0, headOffset: 1, publications: [publication] });
  assert.deepEqual(heard, [[null, "base64", { lang: "en" }, "server"]]);
});

test("a frame that is none disturbs nothing", async () => {
  const fixture = await ChannelFixture.subscribed();
  for (const odd of [null, 5, {}, { channel: "news" }, { channel: "news", epoch: 5, class: "ordered", previousOffset: 0, headOffset: 1, publications: {} }]) {
    fixture.server.send("frame", odd);
    fixture.server.send("lost", odd);
    fixture.server.send("closing", odd);
  }
  fixture.there.say("one");
  assert.deepEqual(fixture.texts, ["one"]);
  assert.equal(fixture.connection.state, "live");
});

test("an answer that is none is refused, and the connection lives", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.answer = () => ({ position: { epoch: 5 } });
  assert.equal(await codeOf(fixture.channel.publish("said", 1)), "INTERNAL");
  assert.equal(fixture.connection.state, "live");
});

test("unsubscribing is final", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  await fixture.channel.unsubscribe();
  fixture.server.send("frame", { channel: "news", epoch: "e1", class: "ordered", previousOffset: 1, headOffset: 2, publications: [] });
  await fixture.comeBack(() => fixture.there.say("two"));
  assert.deepEqual([fixture.texts, fixture.there.isAttached, fixture.channel.isSubscribed], [["one"], false, false]);
  assert.equal(fixture.server.count("Subscribe"), 1);
});

test("after unsubscribing one may go on from where one was", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.there.say("one");
  await fixture.channel.unsubscribe();
  fixture.there.say("two");
  await fixture.subscribe({ since: fixture.channel.position! });
  assert.deepEqual(fixture.texts, ["one", "two"]);
});

test("unsubscribing and subscribing at once is subscribed", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.server.refuse = (method) => (method === "Unsubscribe" ? "NOT_READY" : null);
  const leaving = heard(fixture.channel.unsubscribe());
  await settle();
  await fixture.subscribe();
  fixture.server.refuse = null;
  await fixture.time.advance(5_000);
  fixture.there.say("one");
  assert.equal(await codeOf(leaving), "none");
  assert.deepEqual([fixture.texts, fixture.there.isAttached], [["one"], true]);
});

test("two listeners share one subscription, which ends with the last", async () => {
  const fixture = await ChannelFixture.subscribed();
  const second: number[] = [];
  const listener = ({ offset }: { offset: number }): void => void second.push(offset);
  await fixture.channel.subscribe(listener);
  fixture.there.say("one");
  await fixture.channel.unsubscribe(listener);
  fixture.there.say("two");
  assert.deepEqual([fixture.texts, second, fixture.server.count("Subscribe")], [["one", "two"], [1], 1]);
  assert.equal(await codeOf(fixture.channel.subscribe(listener, { rewind: { count: 1 } })), "BAD_REQUEST");
});

test("a listener that throws keeps neither the others nor the channel from going on", async (t) => {
  const fixture = await ChannelFixture.subscribed();
  const thrown = t.mock.method(globalThis, "queueMicrotask", () => undefined);
  fixture.channel.on("publication", () => {
    throw new Error("mine");
  });
  fixture.there.say("one");
  fixture.there.say("two");
  assert.deepEqual([fixture.texts, thrown.mock.callCount()], [["one", "two"], 2]);
});

test("a subscription that is refused for good is told, and over", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  fixture.server.refuse = (method) => (method === "Subscribe" ? "FORBIDDEN" : null);
  assert.equal(await codeOf(heard(fixture.subscribe())), "FORBIDDEN");
  assert.equal(fixture.channel.isSubscribed, false);
});

test("a channel that is refused for good on a new connection is told, and the others live", async () => {
  const fixture = await ChannelFixture.subscribed();
  const other = fixture.connection.channel("other");
  await other.subscribe();
  fixture.server.refuse = (method, body) => (method === "Subscribe" && body["channel"] === "news" ? "FORBIDDEN" : null);
  await fixture.comeBack(() => undefined);
  assert.deepEqual([fixture.failed.map((error) => error.code), fixture.channel.isSubscribed, other.isSubscribed], [["FORBIDDEN"], false, true]);
  assert.equal(fixture.connection.state, "live");
});

test("a channel that the server ends is over where it cannot be had again, and the others live", async () => {
  const fixture = await ChannelFixture.subscribed();
  const other = fixture.connection.channel("other");
  await other.subscribe();
  fixture.server.refuse = (method, body) => (method === "Subscribe" && body["channel"] === "news" ? "FORBIDDEN" : null);
  fixture.server.send("detached", { channel: "news", code: "FORBIDDEN" });
  await fixture.time.advance(0);
  assert.deepEqual([fixture.failed.map((error) => error.code), fixture.channel.isSubscribed, other.isSubscribed], [["FORBIDDEN"], false, true]);
  assert.deepEqual([fixture.connection.state, fixture.server.connections], ["live", 1]);
});

for (const code of ["NOT_READY", "RATE_LIMITED"]) {
  test(`a channel that is refused with ${code} on a new connection is attached later, and nobody waits for it`, async () => {
    const fixture = await ChannelFixture.subscribed();
    let refusals = 0;
    fixture.server.refuse = (method) => (method === "Subscribe" && refusals++ < 3 ? code : null);
    await fixture.comeBack(() => fixture.there.mumble("one"));
    assert.equal(fixture.connection.state, "live");
    await fixture.time.advance(5_000);
    assert.deepEqual(fixture.texts, ["one"]);
    assert.equal(fixture.server.connections, 2);
  });
}

test("subscribing while there is no connection waits for one", async () => {
  const fixture = new ChannelFixture();
  await fixture.connection.start();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const subscribing = heard(fixture.subscribe());
  fixture.server.isDown = false;
  await fixture.time.advance(2_000);
  assert.equal(await codeOf(subscribing), "none");
  fixture.there.say("one");
  assert.deepEqual([fixture.texts, fixture.server.count("Subscribe")], [["one"], 1]);
});

test("a publication is acknowledged with its place", async () => {
  const fixture = await ChannelFixture.subscribed();
  const { position } = await fixture.channel.publish("said", { text: "hello" }, { key: "k" });
  assert.deepEqual(position, { epoch: "e1", offset: 1 });
  assert.deepEqual([fixture.texts, fixture.there.log[0]!.key], [["hello"], "k"]);
});

test("a publication whose answer was lost is sent again with the same id, has one effect, and is heard once", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.server.hold("Publish");
  const publishing = fixture.channel.publish("said", { text: "hello" });
  await settle();
  fixture.server.holdAnswers = null;
  await fixture.comeBack(() => undefined);
  assert.equal((await publishing).position.offset, 1);
  assert.deepEqual([fixture.texts, fixture.there.log.length, fixture.server.count("Publish")], [["hello"], 1, 2]);
});

test("publications go out in the order given, whatever refusal one of them meets", async () => {
  const fixture = await ChannelFixture.subscribed();
  let refusals = 0;
  fixture.server.refuse = (method) => (method === "Publish" && refusals++ === 0 ? "RATE_LIMITED" : null);
  const publishing = ["one", "two", "three"].map((text) => fixture.channel.publish("said", { text }));
  await fixture.time.advance(2_000);
  await Promise.all(publishing);
  assert.deepEqual(fixture.texts, ["one", "two", "three"]);
});

test("no more than 1,000 publications wait", async () => {
  const fixture = await ChannelFixture.subscribed();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  const publishing = Array.from({ length: 1_001 }, () => heard(fixture.channel.publish("said", {})));
  assert.deepEqual([await codeOf(publishing[999]!), await codeOf(publishing[1_000]!)], ["pending", "RATE_LIMITED"]);
  await fixture.connection.stop();
  assert.equal(await codeOf(publishing[0]!), "CLOSED");
});

test("after stop nothing is subscribed, and nothing can be", async () => {
  const fixture = await ChannelFixture.subscribed();
  await fixture.connection.stop();
  assert.equal(fixture.channel.isSubscribed, false);
  assert.equal(await codeOf(fixture.channel.subscribe()), "CLOSED");
  assert.equal(await codeOf(fixture.channel.publish("said", {})), "CLOSED");
  await fixture.channel.unsubscribe();
  assert.equal(fixture.time.pending, 0);
});

test("however many channels are subscribed and requests wait, Node warns of no leak", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error): unknown => warnings.push(warning);
  process.on("warning", listen);
  const fixture = await ChannelFixture.subscribed();
  const channels = Array.from({ length: 30 }, (_, i) => fixture.connection.channel(`c${i}`));
  await Promise.all(channels.map((channel) => channel.subscribe()));
  fixture.server.hold("Publish");
  const publishing = channels.map((channel) => codeOf(heard(channel.publish("said", {}))));
  await settle();
  fixture.server.isDown = true;
  fixture.server.cut();
  await settle();
  await fixture.connection.stop();
  await Promise.all(publishing);
  await settle();
  process.off("warning", listen);
  assert.deepEqual(warnings.map(({ message }) => message), []);
  assert.ok(channels.every((channel) => !channel.isSubscribed));
});

test("a channel is one object until it is released", async () => {
  const fixture = await ChannelFixture.subscribed();
  assert.equal(fixture.connection.channel("news"), fixture.channel);
  await fixture.connection.release("news");
  assert.equal(fixture.there.isAttached, false);
  assert.notEqual(fixture.connection.channel("news"), fixture.channel);
});
