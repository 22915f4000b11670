import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { signalRTransport } from "../src/index.js";
import { settle } from "./VirtualEnvironment.js";

interface ServerSocket {
  on(event: "message" | "close", handler: (message: unknown) => void): void;
  send(text: string): void;
}

interface Server {
  on(event: "connection", handler: (socket: ServerSocket) => void): void;
  once(event: "listening", handler: () => void): void;
  address(): AddressInfo;
  close(done: () => void): void;
}

// The sockets that the library uses in Node: SignalR's.
const require = createRequire(createRequire(import.meta.url).resolve("@microsoft/signalr"));
const { Server: WebSocketServer } = require("ws") as { Server: new (options: { port: number; host: string }) => Server };

test("a live connection has stopped when the server has closed its side, and no timer has to run out for that", { timeout: 10_000 }, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  let open = 0;
  server.on("connection", (socket) => {
    open++;
    socket.on("message", (message) => String(message).includes('"protocol"') && socket.send("{}\u001e"));
    socket.on("close", () => open--);
  });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const transport = signalRTransport(`http://127.0.0.1:${server.address().port}/hub`)({ event: () => undefined, closed: () => undefined });
  await transport.start();
  assert.equal(open, 1);

  await transport.stop();

  assert.equal(open, 0);
  await new Promise<void>((resolve) => server.close(resolve));
});

/** A server that says all that it has to say before the client runs again, as when the client's machine slept while it connected. */
function answeringAtOnce(request: string): Buffer {
  const key = /sec-websocket-key: (\S+)/i.exec(request)![1]!;
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const goodbye = Buffer.from('{"error":"Handshake was canceled."}\u001e');
  const upgraded = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
  return Buffer.concat([Buffer.from(upgraded), Buffer.from([0x81, goodbye.length]), goodbye, Buffer.from([0x88, 0x02, 0x03, 0xe8])]);
}

test("a handshake that is refused before it was asked for fails the attempt, and nothing is unhandled", { timeout: 10_000 }, async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): unknown => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (request) => socket.end(answeringAtOnce(String(request))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  for (let i = 0; i < 5; i++) {
    const transport = signalRTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`)({ event: () => undefined, closed: () => undefined });
    await assert.rejects(transport.start());
    await transport.stop();
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await settle();
  process.off("unhandledRejection", listen);
  assert.deepEqual(unhandled, []);
});
