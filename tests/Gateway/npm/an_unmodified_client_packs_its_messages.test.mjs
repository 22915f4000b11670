import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { askAgain } from "./support/askAgain.mjs";
import { unique } from "./support/rooms.mjs";
import { startProcess, temporaryData } from "./support/server.mjs";
import { signToken } from "./support/tokens.mjs";

for (const [name, transport] of [["WebSockets", HttpTransportType.WebSockets], ["long polling", HttpTransportType.LongPolling]]) {
  test(`SignalR's own client with its MessagePack protocol is in a room and a channel, over ${name}`, async (t) => {
    const data = temporaryData();
    t.after(data.remove);
    const server = await startProcess(data);
    t.after(server.stop);
    const connection = await connect(server.url, data, unique("ann"), transport);
    const roomId = unique("room");
    await call(connection, "CreateRoom", { roomId, commandId: "create", name: "A room" });
    await call(connection, "JoinRoom", { roomId, commandId: "join" });
    const channel = unique("packed");
    const heard = new Promise((resolve) => connection.on("frame", (frame) => frame.channel === channel && resolve(frame)));
    await call(connection, "Subscribe", { channel });
    const bytes = new Uint8Array([0, 1, 254, 255]);

    await call(connection, "Publish", { channel, id: "1", event: "said", data: bytes, encoding: "base64" });

    const [publication] = (await heard).publications;
    assert.deepEqual([...publication.data], [...bytes]);
    assert.equal(publication.encoding, "base64");
    const refused = await connection.invoke("NoSuchMethod", {});
    assert.equal(refused.error.code, "UNKNOWN_METHOD");
    await connection.stop();
  });
}

async function connect(url, { signingKey }, userId, transport) {
  const connection = new HubConnectionBuilder()
    .withUrl(`${url}/hub`, { transport, accessTokenFactory: () => signToken(signingKey, { sub: userId, exp: Math.floor(Date.now() / 1000) + 600 }) })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  await connection.start();
  return connection;
}

async function call(connection, method, request) {
  // All of these have ids: what is refused for now is asked again, as by any client.
  const answer = await askAgain(() => connection.invoke(method, request));
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.result;
}
