import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { RoomConnection } from "@whatssound/client";
import { Client } from "./support/Client.mjs";
import { CutProxy } from "./support/CutProxy.mjs";
import { enter, openRoom, song, unique } from "./support/rooms.mjs";
import { programFile, startProcess, temporaryData } from "./support/server.mjs";
import { Signal } from "./support/Signal.mjs";
import { fetchToken } from "./support/tokens.mjs";

const people = 4;
const acknowledgedBeforeKill = 24;
const skip = programFile() ? false : "the server's program is not built here, so it cannot be killed";

describe("kill -9 in the middle of traffic, then a start with the same data", { skip }, () => {
  const data = temporaryData();
  const acknowledged = new Signal();
  const commands = [];
  let server;
  let proxy;
  let witness;
  let follower;
  let writers;

  before(async () => {
    server = await startProcess(data);
    proxy = await CutProxy.open(server.url);
    const room = await openRoom(server, "killed", unique("ann"));
    witness = room.host;
    await witness.client.command("Enqueue", room.roomId, { tracks: [song("first"), song("second")] });
    writers = await Promise.all(Array.from({ length: people }, () => enter(server, room.roomId, unique("writer"))));
    const bob = unique("bob");
    follower = new RoomConnection({ url: `${proxy.url}/hub`, token: () => fetchToken(proxy.url, bob) });
    await follower.start();
    await follower.join(room.roomId);

    const voted = witness.newestQueue.window[0]?.entryId ?? (await witness.until("second is queued", (one) => one.newestQueue.window[0])).entryId;
    const writing = Promise.all(writers.map((writer, i) => write(writer, i, voted)));
    await acknowledged.until(`${acknowledgedBeforeKill} answers`, () => commands.filter(isAcknowledged).length >= acknowledgedBeforeKill, 30_000);
    await server.kill();
    await writing;
    server = await startProcess(data);
    proxy.restore(server.url);
    await witness.join(await Client.connect(server, witness.client.userId));
  });

  after(async () => {
    await follower?.stop();
    await proxy?.close();
    await server?.stop();
    data.remove();
  });

  test("every acknowledged chat message is there, in its place, and none twice", (t) => {
    t.diagnostic(`verdict: ${witness.verdicts.at(-1)}; ${commands.filter(isAcknowledged).length} of ${commands.length} commands acknowledged`);
    const texts = witness.messages.map((message) => message.text);
    assert.deepEqual(texts, [...new Set(texts)]);
    for (const { request, answer } of sent("SendChat").filter(isAcknowledged)) {
      const message = witness.messages.find((one) => one.text === request.text);
      assert.equal(message?.offset, answer.result.position.offset, request.text);
    }
  });

  test("every acknowledged song is queued once, and every acknowledged vote counts", async () => {
    const queued = () => [witness.newestQueue.current, ...witness.newestQueue.window].map((entry) => entry?.entryId);
    const added = sent("Enqueue").filter(isAcknowledged);
    const votes = sent("Vote");
    const scoreOf = () => witness.newestQueue.window.find((entry) => entry.entryId === votes[0].request.entryId).score;
    assert.ok(added.length > 0);
    // What was not sent out before the kill is sent out after it.
    await witness.until("all that was acknowledged", () => added.every(({ answer }) => queued().includes(answer.result.entryIds[0])) && scoreOf() >= 1 + votes.filter(isAcknowledged).length);
    const ids = queued();
    assert.deepEqual(ids, [...new Set(ids)]);
    const score = scoreOf();
    assert.ok(score >= 1 + votes.filter(isAcknowledged).length && score <= 1 + votes.length, `score ${score}`);
  });

  test("what got no answer is sent again with the same id, and happens once", async () => {
    const again = commands.filter((command) => !isAcknowledged(command));
    for (const { writer, method, request } of again) {
      const client = await Client.connect(server, writer.client.userId);
      await client.command("JoinRoom", writer.roomId);
      await client.ask(method, request);
      await client.stop();
    }
    const texts = sent("SendChat").map(({ request }) => request.text);
    await witness.until("all messages", () => texts.every((text) => witness.messages.some((message) => message.text === text)));
    assert.deepEqual(witness.messages.map((message) => message.text).toSorted(), texts.toSorted());
    const songs = ["first", "second", ...sent("Enqueue").map(({ request }) => request.tracks[0].title)];
    await witness.until("all songs", () => songs.every((title) => titles().includes(title)));
    assert.deepEqual(titles().toSorted(), songs.toSorted());
    assert.deepEqual(witness.faults, []);
  });

  test("the client of this project has come back by itself and has the same room", async () => {
    const last = witness.messages.at(-1).text;
    const changed = new Signal();
    for (const event of ["room", "state"]) follower.on(event, () => changed.raise());
    witness.client.onEvent(() => changed.raise());
    await changed.until("the follower is live", () => follower.state === "live" && follower.room.chat.at(-1)?.data.text === last);
    // The newest queue comes to either of them in a frame of its own.
    await changed.until("both have one queue", () => isDeepStrictEqual(follower.room.queue.window, witness.newestQueue.window));
    assert.deepEqual(follower.room.chat.map(({ offset, data: { text } }) => ({ offset, text })), witness.messages.map(({ offset, text }) => ({ offset, text })));
    assert.deepEqual(follower.room.queue.window, witness.newestQueue.window);
    assert.deepEqual(follower.room.playback, witness.vector);
  });

  const titles = () => [witness.newestQueue.current, ...witness.newestQueue.window].map((entry) => entry?.track.title);

  const sent = (method) => commands.filter((command) => command.method === method);

  /** One vote, one song, and chat until the server is gone. */
  async function write(writer, number, entryId) {
    await attempt(writer, "Vote", { entryId, value: 1 });
    await attempt(writer, "Enqueue", { tracks: [song(`song of ${number}`)] });
    for (let i = 0; await attempt(writer, "SendChat", { text: `${number}: ${i}` }); i++);
  }

  /** Sends a command once, and writes down what came of it. False when the connection broke. */
  async function attempt(writer, method, fields) {
    const command = { writer, method, request: { roomId: writer.roomId, commandId: randomUUID(), ...fields }, answer: null };
    commands.push(command);
    try {
      command.answer = await writer.client.pace(() => writer.client.call(method, command.request));
    } catch {
      return false;
    }
    acknowledged.raise();
    return true;
  }
});

function isAcknowledged({ answer }) {
  return answer?.ok === true;
}
