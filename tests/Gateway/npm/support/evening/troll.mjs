import assert from "node:assert/strict";
import { song, unique } from "../rooms.mjs";
import { fetchToken } from "../tokens.mjs";
import { shapes } from "./shapes.mjs";

/** JSON of every shape as info, name, chat and song: each is done or refused with a code, and the tab lives. */
export async function throwsEverything(evening) {
  const { troll, url } = evening;
  for (const shape of shapes) {
    const answers = [
      await troll.joins({ info: shape }),
      await troll.commands("SendChat", { text: shape }),
      await troll.commands("Enqueue", { tracks: shape }),
      await troll.commands("Enqueue", { tracks: [shape] }),
      await troll.commands("Enqueue", { tracks: [{ ...song("odd"), title: shape, artist: shape }] }),
      await troll.commands("UpdateSettings", { name: shape, tags: shape }),
      await troll.asks("CreateRoom", { roomId: unique("odd"), commandId: unique("odd"), name: shape }),
      await troll.asks("JoinRoom", shape),
    ];
    for (const { ok, error } of answers) assert.ok(ok || !["INTERNAL", "TIMEOUT"].includes(error.code), `${JSON.stringify(shape)?.slice(0, 80)}: ${JSON.stringify(error)}`);
    const named = await fetch(`${url}/guest`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: shape }) }).catch(() => null);
    assert.ok(!named || named.status < 500, `a guest called ${JSON.stringify(shape)}: ${named?.status}`);
  }
  assert.equal((await troll.joins()).ok, true);
}

/** By another tab, a resumed session, each of the room's channels, reads, commands, the invite it had, a password, a guest's token. */
export async function triesEveryWayBack(evening) {
  const { roomId, troll, invite, trollsInvite, session, people: { anna } } = evening;
  const main = `room:${roomId}`;
  const channels = [main, ...["chat", "queue", "playback", "aside"].map((part) => `${main}:${part}`)];

  await troll.breaks();
  const resumed = await troll.asks("Resume", { sessionId: session.sessionId, key: session.key, positions: anna.room.progress.positions });
  assert.deepEqual(resumed.result?.channels ?? [], []);
  assert.deepEqual(resumed.result?.rooms ?? [], []);

  const third = await evening.opens("troll");
  for (const tab of [troll, evening.otherTab, third]) {
    for (const way of [{}, { invite }, { invite: trollsInvite }, { password: "only for friends" }, { since: anna.room.progress.positions }]) await refused(tab.joins(way), "BANNED");
    for (const channel of channels) {
      for (const method of ["Subscribe", "GetPresence", "GetOccupancy"]) await refused(tab.asks(method, { channel, rewindCount: 10 }), "NOT_MEMBER", "BANNED");
      await refused(tab.asks("EnterPresence", { channel }), "FORBIDDEN", "NOT_SUBSCRIBED", "NOT_MEMBER", "BANNED");
      await refused(tab.asks("Publish", { channel, id: unique("p"), event: "chat", data: { text: "I am back" } }), "FORBIDDEN", "NOT_MEMBER", "BANNED");
    }
    const { entryId } = anna.view.queue.current;
    for (const method of ["GetSnapshot", "GetQueuePage", "GetPlaceReason", "ListSanctions", "ReadLog", "ListInvites"]) await refused(tab.asks(method, { roomId, entryId }), "NOT_MEMBER", "BANNED");
    const commands = { SendChat: { text: "I am back" }, Enqueue: { tracks: [song("I am back")] }, Vote: { entryId, value: -1 }, VoteSkip: { entryId, isOn: true }, Lift: { ofUserId: "troll", kind: "ban" }, Report: { ofUserId: "anna", reason: "rude" } };
    for (const [method, fields] of Object.entries(commands)) await refused(tab.commands(method, fields), "BANNED", "NOT_MEMBER");
    for (const method of ["ReportEnded", "ReportUnplayable"]) await refused(tab.asks(method, { roomId, entryId }), "BANNED", "NOT_MEMBER");
  }

  const guest = await evening.opens("guest", await evening.asksByHttp(() => guestToken(evening.url)));
  await refused(guest.joins(), "PASSWORD_REQUIRED");
  await refused(guest.joins({ password: "let me in" }), "PASSWORD_WRONG");
  await refused(guest.joins({ invite: trollsInvite }), "INVITE_USED_UP");
  for (const channel of channels) await refused(guest.asks("Subscribe", { channel }), "NOT_MEMBER", "FORBIDDEN");
}

async function refused(asking, ...codes) {
  const { ok, error } = await asking;
  assert.ok(!ok && codes.includes(error.code), ok ? "it got in" : error.code);
}

async function guestToken(url) {
  const response = await fetch(`${url}/guest`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: "Not a troll" }) });
  return (await response.json()).token;
}
