import assert from "node:assert/strict";
import { song } from "../rooms.mjs";
import { Flapping } from "./Flapping.mjs";
import { throwsEverything, triesEveryWayBack } from "./troll.mjs";

const hour = 3_600_000;
const password = "only for friends";

/** Said, queued and done after the ban: nothing of it may reach the troll. */
export const afterTheBan = "after the ban";

/** The evening, act by act. Each ends when everybody sees what came of it, whatever the network and the server do meanwhile. */
export const acts = [
  ["Anna opens the room, with a password, and invites her friends", async (evening) => {
    const anna = await evening.arrives("anna");
    await anna.room.createRoom(evening.roomId, { name: "Anna's evening" });
    await anna.join(evening.roomId);
    await anna.does("UpdateSettings", { password });
    evening.invite = (await anna.does("CreateInvite", { forMs: hour, usesMax: 10 })).invite;
    evening.trollsInvite = (await anna.does("CreateInvite", { forMs: hour, usesMax: 1 })).invite;
  }],

  ["Ben, Cleo, Dan and Eve come; Ben is to help, and Dan's network comes and goes from now on", async (evening) => {
    for (const name of ["ben", "cleo", "dan", "eve"]) await (await evening.arrives(name)).join(evening.roomId, evening.invite);
    await evening.people.anna.does("GrantRole", { toUserId: "ben", role: "coHost" });
    await evening.everybody("five are here", (room) => room.memberTotal === 5);
    evening.network = new Flapping(evening.people.dan);
  }],

  ["they queue songs, vote and talk, and a short song plays and ends", async (evening) => {
    const { anna, ben, cleo, dan, eve } = evening.people;
    await anna.does("Enqueue", { tracks: [song("Jingle", 3_000)] });
    for (const person of [ben, cleo, dan, eve]) await person.does("Enqueue", { tracks: [song(`First of ${person.userId}`), song(`Second of ${person.userId}`)] });
    await anna.until("eight songs wait", (room) => room.queue.total + room.history.length >= 8);
    const liked = anna.view.queue.window.find((entry) => entry.addedBy === "eve");
    for (const person of [anna, ben, cleo, dan]) await person.does("Vote", { entryId: liked.entryId, value: person === cleo ? -1 : 1 });
    await Promise.all(evening.listeners.map((person) => person.says(`${person.userId} is here`)));
    await evening.everybody("the jingle is over", (room) => room.queue.current && room.queue.current.track.title !== "Jingle");
  }],

  ["a troll comes by an invite, with two tabs, and sends every shape of JSON as everything", async (evening) => {
    evening.troll = await evening.opens("troll");
    evening.otherTab = await evening.opens("troll");
    assert.equal((await evening.troll.joins({ invite: evening.trollsInvite })).ok, true);
    assert.equal((await evening.otherTab.joins()).ok, true);
    await throwsEverything(evening);
  }],

  ["Anna mutes the troll for two seconds: it says nothing for so long, and may speak again though nothing told it so", async (evening) => {
    const { troll } = evening;
    const sinceMs = performance.now();
    await evening.people.anna.does("Mute", { ofUserId: "troll", forMs: 2_000, reason: "Enough" });
    const answer = await troll.commands("SendChat", { text: "can you hear me" });
    if (answer.ok) return assert.ok(performance.now() - sinceMs >= 2_000, "it was not muted");
    assert.deepEqual([answer.error.code, answer.error.detail], ["MUTED", "Enough"]);
    await new Promise((resolve) => setTimeout(resolve, answer.error.retryAfterMs));
    assert.equal((await troll.commands("SendChat", { text: "now you can" })).ok, true);
  }],

  ["a song cannot be played: enough of their players say so, and it is ended once", async (evening) => {
    const { anna, ben, cleo, eve } = evening.people;
    const { entryId } = anna.view.queue.current;
    // As players do: again and again, while the song is the one to play. Who came less than 10 s ago has no say.
    const isOver = (room) => room.queue.current?.entryId !== entryId;
    while (!isOver(anna.view)) {
      for (const person of [anna, ben, cleo, eve]) await person.room.hint("ReportUnplayable", { entryId });
      await anna.until("it is over", isOver, 500).catch(() => undefined);
    }
    await evening.everybody("another one plays", (room) => isOver(room) && room.queue.current);
    evening.unplayable = entryId;
  }],

  ["Anna's machine dies without a goodbye; after the grace Ben runs the room", async (evening) => {
    const { anna, ben, eve } = evening.people;
    anna.dies();
    await ben.until("the room has another host", (room) => room.hostUserId !== "anna");
    // Where the server was killed meanwhile, he may have come back later than somebody else.
    if (evening.kills === 0) assert.equal(ben.view.hostUserId, "ben");
    await ben.room.pause();
    await eve.until("it is quiet", (room) => room.playback.status === "paused");
    await ben.room.play();
    await eve.until("it goes on", (room) => room.playback.status === "playing");
  }],

  ["Anna comes back, and the room is hers again", async (evening) => {
    evening.people.anna.returns();
    await evening.everybody("Anna is the host", (room) => room.hostUserId === "anna");
  }],

  ["Anna kicks the troll: it is out on both tabs, and comes back when she lets it", async (evening) => {
    const { people: { anna }, troll, otherTab } = evening;
    await anna.does("Kick", { ofUserId: "troll" });
    for (const tab of [troll, otherTab]) {
      assert.equal((await tab.joins()).error?.code, "KICKED");
      assert.equal((await tab.commands("SendChat", { text: "I am out" })).error?.code, "KICKED");
    }
    await evening.everybody("five are here", (room) => !room.members.some((member) => member.userId === "troll"));
    await anna.does("Lift", { ofUserId: "troll", kind: "kick" });
    for (const tab of [troll, otherTab]) assert.equal((await tab.joins()).ok, true);
  }],

  ["Anna bans the troll while it asks for everything at once", async (evening) => {
    const { people: { anna }, troll, otherTab } = evening;
    evening.session = (await troll.asks("Resume", {})).result;
    const entryId = anna.view.queue.window.at(-1).entryId;
    const inFlight = [troll, otherTab].flatMap((tab, number) => [
      ...Array.from({ length: 5 }, (_, i) => tab.commands("SendChat", { text: `spam ${number}/${i}` })),
      ...Array.from({ length: 5 }, (_, i) => tab.commands("Enqueue", { tracks: [song(`Spam ${number}/${i}`)] })),
      ...Array.from({ length: 5 }, (_, i) => tab.commands("Vote", { entryId, value: (i % 3) - 1 })),
    ]);
    const { revision } = await anna.does("Ban", { ofUserId: "troll", reason: "Good night" });
    evening.bannedAt = revision;
    for (const { ok, error } of await Promise.all(inFlight)) assert.ok(ok || ["BANNED", "NOT_MEMBER", "RATE_LIMITED", "USER_QUOTA", "SELF_VOTE"].includes(error.code), error?.code);
    await evening.everybody("the troll is gone", (room) => !room.members.some((member) => member.userId === "troll"));
  }],

  ["the troll tries every way back in, and finds none", (evening) => triesEveryWayBack(evening)],

  ["the evening goes on without it", async (evening) => {
    const { anna, ben, cleo } = evening.people;
    const zoe = await evening.arrives(`zoe, ${afterTheBan}`);
    await zoe.join(evening.roomId, evening.invite);
    await zoe.says(`hello, ${afterTheBan}`);
    const { entryIds: [entryId] } = await ben.does("Enqueue", { tracks: [song(`A song ${afterTheBan}`)] });
    await cleo.does("Vote", { entryId, value: 1 });
    await anna.does("Pause");
    await anna.does("UpdateSettings", { name: `Anna's room ${afterTheBan}` });
    await evening.everybody("it is quiet", (room) => room.playback.status === "paused");
  }],
];
