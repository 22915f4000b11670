import assert from "node:assert/strict";
import { test } from "node:test";
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { Client } from "./support/Client.mjs";
import { CutProxy } from "./support/CutProxy.mjs";
import { unique } from "./support/rooms.mjs";
import { startProcess, temporaryData } from "./support/server.mjs";
import { Signal } from "./support/Signal.mjs";
import { signToken } from "./support/tokens.mjs";

const backMs = 60_000;

test("a client with automatic reconnect, and nothing that knows this server, lives through a stop and a start", async (t) => {
  const data = temporaryData();
  t.after(data.remove);
  const first = await startProcess(data);
  const { connection, isBack } = await connect(first.url, data, unique("ann"));
  await subscribe(connection, "news");
  await first.stop();

  // A user may have one connection now: a client that left another behind would be refused.
  const second = await startProcess(data, { url: first.url, settings: { "Users:ConnectionsMax": "1" } });
  t.after(second.stop);
  await isBack;

  await subscribe(connection, "news");
  assert.equal(connection.state, "Connected");
  await connection.stop();
});

test("it comes back when it has read nothing for a while", async (t) => {
  const data = temporaryData();
  t.after(data.remove);
  // Time enough to read what the kernels hold, so that the goodbye behind it is read too; and no place for a connection that stays behind.
  const server = await startProcess(data, { settings: { "Sessions:CloseTimeout": "00:00:30", "Users:ConnectionsMax": "1" } });
  t.after(server.stop);
  const proxy = await CutProxy.open(server.url);
  t.after(() => proxy.close());
  const { connection, isBack, isClosed } = await connect(proxy.url, data, unique("dan"));
  const closing = new Promise((resolve) => connection.on("closing", resolve));
  const channel = unique("flood");
  connection.on("frame", () => {});
  await subscribe(connection, channel);
  const id = connection.connectionId;

  // More than kernels hold for a reader that does not read, and the outbox on top.
  proxy.stall();
  for (let publisher = 0; publisher < 8; publisher++) {
    const writer = await Client.connect(server, unique("eve"));
    for (let i = 0; i < 50; i++) await writer.call("Publish", { channel, id: `${publisher}-${i}`, event: "flood", data: "x".repeat(40_000) });
    await writer.stop();
  }
  proxy.release();

  assert.equal((await closing).code, "SLOW_CONSUMER");
  await isBack;
  await subscribe(connection, channel);
  assert.notEqual(connection.connectionId, id);
  assert.equal(isClosed(), false);
  await connection.stop();
});

test("it reads whatever is accepted, however deep, over one connection", async (t) => {
  const data = temporaryData();
  t.after(data.remove);
  const server = await startProcess(data);
  t.after(server.stop);
  const { connection, isClosed } = await connect(server.url, data, unique("bob"));
  const channel = unique("deep");
  const heard = [];
  const hearing = new Signal();
  connection.on("frame", (frame) => {
    if (frame.channel === channel) heard.push(...frame.publications.map((one) => JSON.stringify(one.data)));
    hearing.raise();
  });
  await subscribe(connection, channel);
  const id = connection.connectionId;
  const accepted = [];
  const writer = await Client.connect(server, unique("cat"));
  for (let depth = 1; depth <= 64; depth++) {
    const nested = "[".repeat(depth) + "]".repeat(depth);
    const answer = await writer.pace(() => writer.call("Publish", { channel, id: `${depth}`, event: "said", data: JSON.parse(nested) }));
    assert.equal(answer.error?.code, depth <= 32 ? undefined : "BAD_REQUEST", `depth ${depth}`);
    if (depth <= 32) accepted.push(nested);
  }
  await writer.call("Publish", { channel, id: "last", event: "said", data: "last" });
  await hearing.until("the last is heard", () => heard.at(-1) === '"last"', backMs);

  assert.deepEqual(heard.slice(0, -1), accepted);
  assert.equal(connection.connectionId, id);
  assert.equal(isClosed(), false);
  await Promise.all([connection.stop(), writer.stop()]);
});

/** As the documentation of SignalR shows it, but that it tries more often. */
async function connect(url, { signingKey }, userId) {
  let isClosed = false;
  const connection = new HubConnectionBuilder()
    .withUrl(`${url}/hub`, { accessTokenFactory: () => signToken(signingKey, { sub: userId, exp: Math.floor(Date.now() / 1000) + 600 }) })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 200 })
    .configureLogging(LogLevel.None)
    .build();
  connection.onclose(() => (isClosed = true));
  const isBack = new Promise((resolve, reject) => {
    connection.onreconnected(resolve);
    connection.onclose(() => reject(new Error("The client has given up.")));
    setTimeout(() => reject(new Error("The client is not back.")), backMs).unref();
  });
  isBack.catch(() => {});
  await connection.start();
  return { connection, isBack, isClosed: () => isClosed };
}

async function subscribe(connection, channel) {
  const answer = await connection.invoke("Subscribe", { channel });
  assert.equal(answer.ok, true, JSON.stringify(answer));
}
