import { does, show } from "./support/show";
import { RoomConnection } from "@whatssound/client";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { connect, useConnectivity } from "../src/app/connection";
import { Entrance } from "../src/entrance/Entrance";
import { ConnectionBadge } from "../src/ui/ConnectionBadge";
import { FakeConnection } from "./support/room";

const settled = () => does(() => new Promise((resolve) => setImmediate(resolve)));

/** A server that cannot be reached until `isThere`; how often it was asked. */
function server() {
  const its = { isThere: false, asked: 0 };
  globalThis.fetch = () => {
    its.asked++;
    return its.isThere ? Promise.resolve(new Response(JSON.stringify({ guests: true }))) : Promise.reject(new TypeError("no network"));
  };
  return its;
}

let isOnline = true;
Object.defineProperty(navigator, "onLine", { get: () => isOnline });
afterEach(() => (isOnline = true));

function network(isThere: boolean): void {
  isOnline = isThere;
  dispatchEvent(new Event(isThere ? "online" : "offline"));
}

const entrance = () => show(<Entrance roomId={null}>{() => <p>in</p>}</Entrance>);

test("who loads the page in a tunnel is told that they are offline, and comes in by itself when the network is back", async () => {
  const its = server();
  isOnline = false;
  const page = await entrance();
  await page.findByText("You are offline");
  its.isThere = true;
  await does(() => network(true));
  await page.findByText("What should the others call you?");
  await page.close();
});

test("a server that cannot be reached is asked again after growing waits", async (t) => {
  const its = server();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = await entrance();
  await settled();
  await settled();
  page.getByText("Cannot connect");
  const asked: number[] = [];
  for (const ms of [1_000, 1_000, 1_000, 4_000]) {
    await does(() => t.mock.timers.tick(ms));
    await settled();
    asked.push(its.asked);
  }
  assert.deepEqual(asked, [2, 2, 3, 4]);
  its.isThere = true;
  await does(() => t.mock.timers.tick(8_000));
  await settled();
  page.getByText("What should the others call you?");
  await page.close();
});

function Badge({ connection }: { connection: RoomConnection }) {
  return <ConnectionBadge connectivity={useConnectivity(connection).connectivity} />;
}

test("without a network the badge says so, and a server that is heard anyway counts for more", async () => {
  const connection = Object.assign(new FakeConnection(), { state: "reconnecting" });
  const page = await show(<Badge connection={connection.asConnection} />);
  page.getByText("Reconnecting…");
  await does(() => network(false));
  page.getByText("No network");
  connection.state = "live";
  await page.close();
  const other = await show(<Badge connection={connection.asConnection} />);
  other.getByText("Live");
  await other.close();
});

test("a connection whose network has gone is given up at once", (t) => {
  const over = new AbortController();
  t.mock.method(RoomConnection.prototype, "start", () => Promise.resolve());
  const dropped = t.mock.method(RoomConnection.prototype, "reconnect", () => undefined);
  connect(() => Promise.resolve(""), "http://room.test", over.signal);
  dispatchEvent(new Event("offline"));
  assert.equal(dropped.mock.callCount(), 1);
});
