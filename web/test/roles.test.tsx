import { click, does, show } from "./support/show";
import { RefusalError, type RoomRoles, type RoomState } from "@whatssound/client";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PersonActions } from "../src/room/people/PersonActions";
import { Offer } from "../src/room/roles/Offer";
import { Roles } from "../src/room/roles/Roles";
import { RoomSheet } from "../src/room/RoomSheet";
import { Tries } from "../src/room/Tries";
import { FakeConnection, InRoom, member, room } from "./support/room";

const roles = (changes: Partial<RoomRoles> = {}): RoomRoles => ({
  holders: [
    { userId: "dj", role: "dj" },
    { userId: "ann", role: "coHost" },
    { userId: "ben", role: "coHost" },
    { userId: "cyd", role: "coHost" },
  ],
  succession: ["ben", "gone"],
  permissions: { pinSongs: "dj" },
  ...changes,
});

const state = (changes: Partial<RoomRoles> = {}, more: Partial<RoomState> = {}): RoomState => room({ ownerUserId: "owner", hostUserId: "owner", members: ["owner", "ann", "bob"].map((id) => member(id)), memberTotal: 3, roles: roles(changes), ...more });

async function shown(part: () => preact.JSX.Element | null, userId: string, { of = state(), connection = new FakeConnection() } = {}) {
  const Part = part;
  const page = await show(
    <InRoom state={of} userId={userId} connection={connection}>
      <Tries>
        <Part />
      </Tries>
    </InRoom>,
  );
  return { page, connection };
}

const choose = (element: Element, value: string) => does(() => fireEvent.change(element, { target: { value } }));

test("who has a role is listed, here or not, and given another by who stands above", async () => {
  const { page, connection } = await shown(Roles, "ann");
  await page.findByText("Who has a role");
  // A co-host is no other co-host's superior.
  assert.equal(page.getByTestId("holders").children.length, 4);
  const selects = page.getByTestId("holders").querySelectorAll("select");
  assert.equal(selects.length, 1);
  assert.deepEqual([...selects[0]!.options].map(({ value }) => value), ["listener", "dj", "moderator"]);
  await choose(page.getByLabelText("What dj is here"), "moderator");
  await choose(page.getByLabelText("What dj is here"), "listener");
  assert.deepEqual(connection.asked, [
    { method: "GrantRole", body: { toUserId: "dj", role: "moderator" } },
    { method: "RevokeRole", body: { ofUserId: "dj" } },
  ]);
  assert.equal(page.queryByText("Who follows the host"), null);
  assert.equal(page.queryByText("Who may do what"), null);
  await page.close();
});

test("co-hosts follow the host in an order that is set, those without a place after the others", async () => {
  const { page, connection } = await shown(Roles, "owner");
  await page.findByText("Who follows the host");
  const order = () => [...page.getByTestId("succession").children].map((each) => each.querySelector("bdi")!.textContent);
  assert.deepEqual(order(), ["ben", "ann", "cyd"]);
  await click(page.getByLabelText("cyd comes earlier"));
  await click(page.getByLabelText("ben comes later"));
  assert.deepEqual(connection.asked, [
    { method: "SetSuccession", body: { userIds: ["ben", "cyd", "ann"] } },
    { method: "SetSuccession", body: { userIds: ["ann", "ben", "cyd"] } },
  ]);
  assert.equal(page.getByLabelText("ben comes earlier").getAttribute("aria-disabled"), "true");
  await click(page.getByLabelText("ben comes earlier"));
  assert.equal(connection.asked.length, 2);
  await page.close();
});

test("the owner says who may do what, down to the floor, and takes it back", async () => {
  const connection = new FakeConnection({
    SetPermission: ({ permission }) => {
      if (permission === "chat") throw new RefusalError({ code: "FORBIDDEN", message: "no", retryable: false, retryAfterMs: null, detail: null });
    },
  });
  const { page } = await shown(Roles, "owner", { connection });
  const pin = (await page.findByLabelText("Have a song played next (the host always may)")) as HTMLSelectElement;
  assert.deepEqual([...pin.options].map(({ text }) => text), ["As usual: Moderator", "DJ and above", "Moderator and above", "Co-host and above", "Owner only"]);
  assert.equal(pin.value, "dj");
  await choose(pin, "");
  await choose(page.getByLabelText("Add songs"), "dj");
  assert.deepEqual(connection.asked, [
    { method: "SetPermission", body: { permission: "pinSongs" } },
    { method: "SetPermission", body: { permission: "addSongs", role: "dj" } },
  ]);
  const speak = page.getByLabelText("Speak in the chat") as HTMLSelectElement;
  await choose(speak, "coHost");
  await page.findByText("You may not do that in this room.");
  assert.equal(speak.value, "");
  await page.close();
});

test("the page of roles is offered to who can do something with it", async () => {
  for (const [userId, isOffered] of [["owner", true], ["ann", true], ["dj", false]] as const) {
    HTMLDialogElement.prototype.showModal ??= () => undefined;
    const { page } = await shown(() => <RoomSheet onClose={() => undefined} />, userId, { connection: new FakeConnection({ GetFollows: () => ({ users: [], usersMax: 200 }) }) });
    await page.findByText("Played");
    assert.equal(page.queryByText("Roles") !== null, isOffered, userId);
    await page.close();
  }
});

const offer = (toUserId: string, untilMs = 300_000) => ({ ownershipOffer: { toUserId, untilMs } });

test("the owner offers the room to somebody who is here, and takes it back without their role", async () => {
  const connection = new FakeConnection({ GetFollows: () => ({ users: [], usersMax: 200 }) });
  const { page } = await shown(() => <PersonActions userId="ann" onDone={() => undefined} />, "owner", { connection });
  await page.findByText("Tell me when they play");
  await click(page.getByLabelText("Offer the room to ann"));
  assert.deepEqual(connection.asked.at(-1), { method: "GrantRole", body: { toUserId: "ann", role: "owner" } });
  await page.close();
  const { page: offered } = await shown(() => <PersonActions userId="ann" onDone={() => undefined} />, "owner", { of: state(offer("ann")), connection });
  await click(await offered.findByText("Take the offer back"));
  assert.deepEqual(connection.asked.at(-1), { method: "GrantRole", body: { toUserId: "ann", role: "coHost" } });
  await offered.close();
  const { page: ben } = await shown(() => <PersonActions userId="ben" onDone={() => undefined} />, "owner");
  await ben.findByText("Report");
  assert.equal(ben.queryByLabelText("Offer the room to ben"), null);
  await ben.close();
  const { page: told, connection: asked } = await shown(Offer, "owner", { of: state(offer("ann")) });
  await click(await told.findByText("Take the offer back"));
  assert.deepEqual(asked.asked, [{ method: "GrantRole", body: { toUserId: "ann", role: "coHost" } }]);
  await told.close();
});

test("whom the room is offered accepts it, or does not, and loses no role by that", async () => {
  const { page, connection } = await shown(Offer, "bob", { of: state(offer("bob")) });
  await page.findByText(/^owner offers you this room/);
  await click(page.getByText("Take it"));
  await click(page.getByText("No, thanks"));
  assert.deepEqual(connection.asked, [
    { method: "AcceptOwnership", body: {} },
    { method: "DeclineOwnership", body: {} },
  ]);
  await page.close();
  const { page: anns, connection: asked } = await shown(Offer, "ann", { of: state(offer("ann")) });
  await click(await anns.findByText("No, thanks"));
  assert.deepEqual(asked.asked, [{ method: "DeclineOwnership", body: {} }]);
  await anns.close();
});

test("of an offer that has run out, or is for somebody else, nothing is said", async () => {
  for (const [of, userId] of [[offer("bob", 10_000), "bob"], [offer("ann"), "bob"]] as const) {
    const { page } = await shown(Offer, userId, { of: state(of) });
    assert.equal(page.container.textContent, "");
    await page.close();
  }
});
