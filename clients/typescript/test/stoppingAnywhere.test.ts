import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, RoomConnection } from "../src/index.js";
import { FakeServer } from "./FakeServer.js";
import { codeOf, heard } from "./Fixture.js";
import { settle, VirtualEnvironment } from "./VirtualEnvironment.js";

const minuteMs = 60_000;

/** Everything that a client can ask, each with what makes it ask. */
const steps: Record<string, (connection: Connection, room: RoomConnection) => Promise<unknown>> = {
  Authenticate: (connection) => connection.start(),
  Time: (connection) => connection.start(),
  Subscribe: (connection) => connection.channel("news").subscribe(),
  Publish: (connection) => connection.channel("news").publish("said", 1),
  EnterPresence: async (connection) => {
    await connection.channel("news").subscribe();
    await connection.channel("news").presence.enter();
  },
  GetPresence: (connection) => connection.channel("news").presence.get(),
  LeavePresence: async (connection) => {
    await connection.channel("news").subscribe();
    await connection.channel("news").presence.enter();
    await connection.channel("news").presence.leave();
  },
  Unsubscribe: async (connection) => {
    await connection.channel("news").subscribe();
    await connection.channel("news").unsubscribe();
  },
  JoinRoom: (_, room) => room.join("den"),
  SendChat: async (_, room) => {
    await room.join("den");
    await room.sendChat("hello");
  },
  LeaveRoom: async (_, room) => {
    await room.join("den");
    await room.leave();
  },
  ListRooms: (_, room) => room.listRooms(),
  CreateRoom: (_, room) => room.createRoom("den", { name: "Den" }),
};

for (const [method, ask] of Object.entries(steps)) {
  for (const outcome of ["answered", "refused", "lost"] as const) {
    test(`stop while the answer to ${method} is awaited, which is then ${outcome}: it is told, nothing follows, no timer is left`, async (t) => {
      const unhandled = t.mock.fn();
      process.on("unhandledRejection", unhandled);
      const time = new VirtualEnvironment();
      const server = new FakeServer(time);
      const room = new RoomConnection({ url: "/hub", token: async () => "token", transport: server.transport, environment: time });
      const { connection } = room;
      const release = server.hold(method);
      if (outcome === "refused") server.refuse = (asked) => (asked === method ? "NOT_READY" : null);
      const starting = heard(connection.start());
      const asking = heard(ask(connection, room));
      await time.advance(500);
      assert.ok(server.count(method) >= 1);

      const stopping = room.stop();
      const asked = server.requests.length;
      if (outcome === "lost") server.cut();
      release();
      await time.advance(2_000);

      assert.equal(await codeOf(stopping), "none");
      assert.equal(time.pending, 0);
      assert.notEqual(await codeOf(asking), "pending");
      assert.notEqual(await codeOf(starting), "pending");
      await time.advance(minuteMs);
      assert.equal(server.requests.length, asked, server.methods.slice(-3).join());
      assert.deepEqual([server.openConnections, connection.state], [0, "closed"]);
      await settle();
      process.off("unhandledRejection", unhandled);
      assert.equal(unhandled.mock.callCount(), 0);
    });
  }
}
