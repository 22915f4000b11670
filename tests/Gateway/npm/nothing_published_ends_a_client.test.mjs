import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { Client } from "./support/Client.mjs";
import { unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { fetchToken } from "./support/tokens.mjs";

// Parsed, since JavaScript's own literals mean something else by some of these names.
const odd = [
  '{"__proto__":1}',
  '{"__proto__":{"a":1}}',
  '[[{"a":{"__proto__":null}}]]',
  '{"\\u005f_proto__":1}',
  '{"constructor":{"prototype":{"a":1}}}',
  '{"":{"":[]}}',
  '{"toString":1,"hasOwnProperty":2,"length":-1}',
  '{"data":"AAE=","encoding":"base64"}',
  "-0",
  "9007199254740993",
  "1e308",
  '"\\u0000\\u001e\\u2028"',
  '{"🎵":"é"}',
  `${'{"a":['.repeat(15)}${"]}".repeat(15)}`,
].map((text) => JSON.parse(text));

test("whatever is published and whoever joins with whatever info, SignalR's client with MessagePack goes on", async (t) => {
  const server = await startServer();
  t.after(server.stop);
  const publisher = await Client.connect(server, unique("ann"));
  const [channel, roomId] = [unique("odd"), unique("room")];
  await publisher.command("CreateRoom", roomId, { name: "A room" });
  const listener = await connect(server);
  await call(listener.connection, "Subscribe", { channel });
  await call(listener.connection, "JoinRoom", { roomId, commandId: "join" });

  let accepted = 0;
  for (const [index, data] of odd.entries()) {
    const answer = await publisher.pace(() => publisher.call("Publish", { channel, id: `${index}`, data, extras: { data } }));
    if (answer.ok) accepted++;
    await publisher.pace(() => publisher.call("JoinRoom", { roomId, commandId: `join-${index}`, info: data }));
  }
  await publisher.ask("Publish", { channel, id: "last", data: "last" });

  await listener.until(() => listener.published(channel).at(-1)?.data === "last");
  assert.equal(listener.published(channel).length, accepted + 1);
  assert.equal(accepted, odd.length - 4);
  assert.equal((await call(listener.connection, "GetSnapshot", { roomId })).presence.total, 2);
  await Promise.all([listener.connection.stop(), publisher.stop()]);
});

async function connect(server) {
  const token = await fetchToken(server.url, unique("bob"));
  const connection = new HubConnectionBuilder()
    .withUrl(`${server.url}/hub`, { transport: HttpTransportType.WebSockets, accessTokenFactory: () => token })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  const frames = [];
  const waiting = new Set();
  const look = () => waiting.forEach((check) => check());
  let ended = null;
  connection.on("frame", (frame) => {
    frames.push(frame);
    look();
  });
  connection.onclose((error) => {
    ended = error ?? new Error("The connection was closed.");
    look();
  });
  await connection.start();
  const published = (channel) => frames.filter((frame) => frame.channel === channel).flatMap((frame) => frame.publications);
  const until = (isSo) =>
    new Promise((resolve, reject) => {
      const check = () => {
        if (isSo()) resolve();
        else if (ended) reject(ended);
        else return;
        waiting.delete(check);
      };
      waiting.add(check);
      check();
    });
  return { connection, published, until };
}

async function call(connection, method, request) {
  const answer = await connection.invoke(method, request);
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.result;
}
