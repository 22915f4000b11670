import { does, show, type } from "./support/show";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useConnectivity } from "../src/app/connection";
import { Connecting } from "../src/app/Connecting";
import { guestToken } from "../src/entrance/guestToken";
import { keepGuest, readGuest } from "../src/entrance/store";
import { Toast } from "../src/room/Toast";
import { Tries } from "../src/room/Tries";
import { You } from "../src/room/settings/You";
import { ConnectionBadge } from "../src/ui/ConnectionBadge";
import { FakeConnection, InRoom, room } from "./support/room";

const unseen = "\u3164";

/** A server that takes no name without a letter in it. */
beforeEach(() => {
  globalThis.fetch = (_, init) => {
    const { name } = JSON.parse(init!.body as string) as { name: string };
    return Promise.resolve(/[a-z]/i.test(name) ? new Response(JSON.stringify({ token: `token of ${name}`, secret: "s" })) : new Response("{}", { status: 400 }));
  };
});

/** A connection that asks for a token as soon as it may. */
function connecting() {
  const connection: FakeConnection & { wake: () => void; token: Promise<string> } = Object.assign(new FakeConnection(), {
    token: Promise.resolve(""),
    wake: () => {
      connection.token = guestToken(AbortSignal.timeout(1_000));
      connection.token.catch((error: unknown) => does(() => connection.tell("error", error)));
    },
  });
  return connection;
}

test("a name that the server refuses is asked for again, with what is wrong, and who the guest is stays", async () => {
  keepGuest({ name: unseen, secret: "s" });
  const connection = connecting();
  const page = await show(<Connecting connection={connection.asConnection} />);
  await does(() => connection.wake());
  const field = (await page.findByLabelText("What should the others call you?")) as HTMLInputElement;
  assert.equal((await page.findByRole("alert")).textContent, "That name cannot be used: nothing in it can be seen, or it has hidden characters.");
  assert.equal(document.activeElement, field);
  assert.equal(field.value, unseen);
  await type(field, "Mia");
  await does(() => fireEvent.submit(field.form!));
  assert.deepEqual(readGuest(), { name: "Mia", secret: "s" });
  assert.equal(await connection.token, "token of Mia");
  await page.close();
});

function Around({ connection }: { connection: FakeConnection }) {
  const { connectivity, applied } = useConnectivity(connection.asConnection);
  return (
    <InRoom state={room()} connection={connection}>
      <ConnectionBadge connectivity={connectivity} />
      <Toast connectivity={connectivity} applied={applied} />
      <Tries>
        <You />
      </Tries>
    </InRoom>
  );
}

/** Somebody who is in a room as Ann, and may be called otherwise. */
async function inRoom() {
  keepGuest({ name: "Ann", secret: "s" });
  const reconnects: string[] = [];
  const connection: FakeConnection & { state: string; reconnect: () => void } = Object.assign(new FakeConnection(), {
    state: "live",
    reconnect: () => {
      reconnects.push(readGuest()!.name);
      connection.state = "reconnecting";
      connection.tell("state", "reconnecting");
    },
  });
  const page = await show(<Around connection={connection} />);
  const rename = async (name: string): Promise<void> => {
    const field = await page.findByLabelText("What the others call you");
    await type(field, name);
    await does(() => fireEvent.submit(field.closest("form")!));
  };
  return { page, connection, reconnects, rename };
}

test("a new name that the server refuses is not kept, and the refusal stands where it was given", async () => {
  const { page, reconnects, rename } = await inRoom();
  await rename(unseen);
  await page.findByText("That name cannot be used: nothing in it can be seen, or it has hidden characters.");
  assert.equal(readGuest()!.name, "Ann");
  assert.deepEqual(reconnects, []);
  await page.close();
});

test("a new name says that it is so, and nothing is said of the connection that comes back with it", async () => {
  const { page, connection, reconnects, rename } = await inRoom();
  await rename("Bea");
  await page.findByText("You are called that now.");
  assert.deepEqual(reconnects, ["Bea"]);
  assert.equal(page.getByTestId("connection").textContent, "Live");
  // The room is back before the connection says that all of it is.
  await does(() => connection.tell("recovery", { verdict: "recovered", applied: 0 }));
  assert.equal(page.getByTestId("connection").textContent, "Live");
  connection.state = "live";
  await does(() => connection.tell("state", "live"));
  assert.equal(page.getByTestId("connection").textContent, "Live");
  assert.equal(page.queryByText("You are back. You missed nothing."), null);
  await does(() => connection.tell("recovery", { verdict: "recovered", applied: 0 }));
  await page.findByText("You are back. You missed nothing.");
  await page.close();
});
