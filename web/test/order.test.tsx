import { click, does, show, type } from "./support/show";
import { RefusalError, type RoomState } from "@whatssound/client";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { inviteIn, KeyForm } from "../src/room/KeyForm";
import { Order } from "../src/room/moderation/Order";
import { noticeOf } from "../src/room/noticeOf";
import { PersonActions } from "../src/room/people/PersonActions";
import { viewOf } from "../src/room/RoomContext";
import { maySetAnything } from "../src/room/settings/settable";
import { Settings } from "../src/room/settings/Settings";
import { Tries } from "../src/room/Tries";
import { loadMore } from "../src/language/languages";
import { FakeConnection, InRoom, member, room } from "./support/room";

const roles = (...holders: [string, string][]): Partial<RoomState> => ({ ownerUserId: "owner", hostUserId: "owner", members: ["owner", "mod", "dj", "bob"].map((id) => member(id)), roles: { holders: holders.map(([userId, role]) => ({ userId, role })), succession: [], permissions: {} } });

const staff = roles(["mod", "moderator"], ["dj", "dj"]);

async function actionsOf(userId: string, me: string, changes: Partial<RoomState> = {}) {
  const connection = new FakeConnection({ GetFollows: () => ({ users: [], usersMax: 200 }) });
  let isDone = false;
  const page = await show(
    <InRoom state={room({ ...staff, ...changes })} userId={me} connection={connection}>
      <Tries>
        <PersonActions userId={userId} onDone={() => (isDone = true)} />
      </Tries>
    </InRoom>,
  );
  await page.findByText("Report");
  await page.findByText("Tell me when they play");
  connection.asked.length = 0;
  return { page, connection, isDone: () => isDone };
}

const offered = (page: { container: HTMLElement }) => [...page.container.querySelectorAll(".line-actions button")].map((button) => button.textContent);

test("Escape closes what asks for a reason, and nothing around it", async () => {
  const { page } = await actionsOf("bob", "dj");
  const report = page.getByText("Report");
  await click(report);
  const reason = page.getByLabelText("Reason");
  reason.focus();
  let isAroundToo = false;
  page.container.addEventListener("keydown", () => (isAroundToo = true));
  await does(() => fireEvent.keyDown(reason, { key: "Escape" }));
  assert.equal(page.queryByLabelText("Reason"), null);
  assert.equal(document.activeElement, report);
  assert.equal(isAroundToo, false);
  await page.close();
});

test("each is offered what they may do to somebody, and nobody anything to an equal or superior", async () => {
  for (const [userId, me, expected] of [
    ["bob", "dj", ["Tell me when they play", "Report"]],
    ["bob", "mod", ["Tell me when they play", "Mute", "Time out", "No songs", "Send out", "Ban", "Report"]],
    ["owner", "mod", ["Tell me when they play", "Report"]],
    ["bob", "owner", ["Make host", "Offer the room", "Tell me when they play", "Mute", "Time out", "No songs", "Send out", "Ban", "Report"]],
  ] as const) {
    const { page } = await actionsOf(userId, me);
    assert.deepEqual(offered(page), expected, `${me} to ${userId}`);
    assert.equal(page.container.querySelectorAll("select").length, me === "owner" ? 1 : 0, `${me} gives roles`);
    await page.close();
  }
  const { page } = await actionsOf("bob", "owner", { settings: { name: "Den", isListed: true, allowsShadowMute: true } });
  assert.ok(offered(page).includes("Mute unseen"));
  await page.close();
});

test("a measure says whom, for how long and why", async () => {
  const { page, connection, isDone } = await actionsOf("bob", "owner");
  await click(page.getByText("Ban"));
  await does(() => fireEvent.change(page.getByLabelText("For how long"), { target: { value: String(24 * 60 * 60_000) } }));
  await type(page.getByLabelText("Reason"), " spam ");
  await does(() => fireEvent.submit(page.container.querySelector("form.sanction")!));
  assert.ok(isDone());
  await click(page.getByText("Send out"));
  await does(() => fireEvent.submit(page.container.querySelector("form.sanction")!));
  await does(() => fireEvent.change(page.container.querySelector("select")!, { target: { value: "coHost" } }));
  await does(() => fireEvent.change(page.container.querySelector("select")!, { target: { value: "listener" } }));
  assert.deepEqual(connection.asked, [
    { method: "Ban", body: { ofUserId: "bob", forMs: 86_400_000, reason: "spam" } },
    { method: "Kick", body: { ofUserId: "bob" } },
    { method: "GrantRole", body: { toUserId: "bob", role: "coHost" } },
    { method: "RevokeRole", body: { ofUserId: "bob" } },
  ]);
  await page.close();
});

const record = (number: number, more: object) => ({ number, atMs: 0, action: "mute", byUserId: "mod", userId: "bob", detail: null, untilMs: null, uses: null, usesMax: null, ...more });

test("what is in force is read page by page, and lifted by who stands above", async () => {
  const lists: Record<string, unknown> = { first: { records: [record(2, { detail: "loud" })], next: 2 }, older: { records: [record(1, { action: "ban", userId: "owner" })], next: null } };
  const connection = new FakeConnection({ ListSanctions: ({ before }) => lists[before === 2 ? "older" : "first"], ListReports: () => ({ records: [], next: null }), ReadLog: () => ({ records: [record(2, { action: "useInvite", detail: "Zk3xQ" }), record(1, { action: "grantRole", detail: "dj" })], next: null }) });
  const page = await show(
    <InRoom state={room(staff)} userId="mod" connection={connection}>
      <Tries>
        <Order />
      </Tries>
    </InRoom>,
  );
  await page.findByText("loud");
  await page.findByText("Role given");
  page.getByText("dj");
  page.getByText("Came by an invite");
  assert.equal(page.queryByText("Zk3xQ"), null, "an invite's id says nothing to a person");
  await click(page.getByText("Show earlier"));
  assert.equal(page.getByTestId("sanctions").children.length, 2);
  // Of the owner's, a moderator lifts nothing.
  assert.equal(page.getAllByText("Lift").length, 1);
  await click(page.getByLabelText("Lift what keeps bob out of something"));
  assert.deepEqual(connection.asked.find(({ method }) => method === "Lift"), { method: "Lift", body: { ofUserId: "bob", kind: "mute" } });
  await page.close();
});

test("what is in force is lifted by who has the permission for it, and of somebody above by them", async () => {
  const inForce = [record(3, { action: "ban" }), record(2, { action: "mute", byUserId: "owner" }), record(1, { action: "queueBan" })];
  const connection = new FakeConnection({ ListSanctions: () => ({ records: inForce, next: null }), ListReports: () => ({ records: [], next: null }), ReadLog: () => ({ records: [], next: null }) });
  const page = await show(
    <InRoom state={room({ ...staff, roles: { ...staff.roles!, permissions: { banMembers: "coHost" } } })} userId="mod" connection={connection}>
      <Tries>
        <Order />
      </Tries>
    </InRoom>,
  );
  await page.findByText("No songs");
  await click(page.getByText("Lift"));
  assert.deepEqual(connection.asked.at(-2), { method: "Lift", body: { ofUserId: "bob", kind: "queueBan" } });
  await page.close();
});

test("from a report it is one step to what can be done about whom it names", async () => {
  const connection = new FakeConnection({ ListSanctions: () => ({ records: [], next: null }), ListReports: () => ({ records: [record(1, { action: "report", byUserId: "dj", detail: "spam" })], next: null }), ReadLog: () => ({ records: [], next: null }), GetFollows: () => ({ users: [], usersMax: 200 }) });
  const page = await show(
    <InRoom state={room(staff)} userId="mod" connection={connection}>
      <Tries>
        <Order />
      </Tries>
    </InRoom>,
  );
  await click(await page.findByLabelText("What to do about bob"));
  await click(await page.findByText("Send out"));
  await does(() => fireEvent.submit(page.container.querySelector("form.sanction")!));
  assert.deepEqual(connection.asked.at(-1), { method: "Kick", body: { ofUserId: "bob" } });
  await page.close();
});

test("of somebody who has left, the author of a message, everything can be done but what takes their presence; a report names the message", async () => {
  const connection = new FakeConnection({ GetFollows: () => ({ users: [], usersMax: 200 }) });
  const page = await show(
    <InRoom state={room(staff)} userId="owner" connection={connection}>
      <Tries>
        <PersonActions userId="gone" told="Gus" chatOffset={7} onDone={() => undefined} />
      </Tries>
    </InRoom>,
  );
  await page.findByText("Tell me when they play");
  assert.deepEqual(offered(page), ["Tell me when they play", "Mute", "Time out", "No songs", "Send out", "Ban", "Report"]);
  await click(page.getByText("Report"));
  await type(page.getByLabelText("Reason"), "spam");
  await does(() => fireEvent.submit(page.container.querySelector("form.sanction")!));
  assert.deepEqual(connection.asked.at(-1), { method: "Report", body: { ofUserId: "gone", reason: "spam", chatOffset: 7 } });
  await page.close();
});

test("settings send what was changed and nothing else, and show what one may change and nothing else", async () => {
  const connection = new FakeConnection();
  const settings = (userId: string) => (
    <InRoom state={room(staff)} userId={userId} connection={connection}>
      <Tries>
        <Settings />
      </Tries>
    </InRoom>
  );
  const page = await show(settings("owner"));
  await type(await page.findByLabelText("What it is about"), "songs");
  await click(page.getByLabelText("Nobody speaks for now"));
  await does(() => fireEvent.submit(page.container.querySelector("form")!));
  await page.findByText("Saved.");
  assert.deepEqual(connection.asked, [{ method: "UpdateSettings", body: { description: "songs", isChatLocked: true } }]);
  await page.close();
  const moderators = await show(settings("mod"));
  await moderators.findByLabelText("Nobody speaks for now");
  for (const label of ["Name", "Password", "Who finds it", "It closes when everybody has left"]) assert.equal(moderators.queryByLabelText(label), null, label);
  assert.equal(moderators.queryByText("Close the room"), null);
  await moderators.close();
});

test("notices are sentences in the person's language, and what the page does not know is none", async () => {
  const spanish = await loadMore("es");
  const publication = (event: string, data: unknown) => ({ offset: 1, id: "n", timeMs: 0, publisher: null, event, data, key: null });
  const said = (event: string, data: unknown) => noticeOf(publication(event, data))?.sentence(spanish) ?? null;
  assert.equal(said("songNext", { roomId: "den", roomName: "Cueva", title: "Luna" }), "Luna es la siguiente en Cueva.");
  assert.equal(said("mention", { roomId: "den", byUserId: "bob", displayName: null }), "bob te menciona.");
  assert.equal(said("sanction", { roomId: "den", kind: "mute", isLifted: false, reason: "ruido" }), "Durante un tiempo no puedes hablar aquí. Motivo: ruido");
  assert.equal(said("sanction", { roomId: "den", kind: "mute", isLifted: true, reason: null }), "Lo que se te prohibió vuelve a estar permitido.");
  assert.equal(said("fromTheFuture", {}), null);
});

test("who is in a room is not told what is in sight there", () => {
  const publication = (event: string) => ({ offset: 1, id: "n", timeMs: 0, publisher: null, event, data: { roomId: "den" }, key: null });
  assert.deepEqual(["songNext", "songPlaying", "mention", "djLive", "sanction", "report"].filter((event) => noticeOf(publication(event))!.isInSight), ["songNext", "songPlaying", "mention", "djLive"]);
});

test("who comes without an invite is asked for one, and who comes with a wrong one is told that it is none", async () => {
  const error = new RefusalError({ code: "INVITE_INVALID", message: "no", retryable: false, retryAfterMs: null, detail: null });
  const said = async (hasTried: boolean) => {
    const page = await show(<KeyForm code="INVITE_INVALID" error={error} hasTried={hasTried} onKey={() => undefined} />);
    const { textContent } = await page.findByRole("alert");
    await page.close();
    return textContent;
  };
  assert.equal(await said(false), "You need an invite. Ask who sent you here.");
  assert.equal(await said(true), "That is no invite of this room. Ask for a new one.");
});

test("there are settings for who may set something", () => {
  const offeredTo = (userId: string) => maySetAnything(viewOf(new FakeConnection().asConnection, room(staff), userId, []).may);
  assert.deepEqual(["owner", "mod", "dj", "bob"].map(offeredTo), [true, true, false, false]);
});

test("an invite is found in its link", () => {
  assert.equal(inviteIn("https://a.example/r/den#invite=x.y%2Fz"), "x.y/z");
  assert.equal(inviteIn("x.yz"), null);
});
