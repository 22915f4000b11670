import assert from "node:assert/strict";

const phone = { viewport: { width: 390, height: 844 } };
const password = "only for friends";

/** Said after the ban: nothing of it may reach the troll. */
export const afterTheBan = "what is said after the ban";

/** The evening, act by act. Each ends when everybody sees what came of it. */
export const acts = [
  ["Ann opens the room, with a password, and makes invites", async (evening) => {
    const ann = await evening.arrives("Ann");
    await ann.goTo("/");
    await ann.control("button", "Come in").waitFor();
    await ann.pictures("welcome");
    await ann.saysName();
    await ann.write("textbox", "Open a room", "Ann's evening");
    await ann.pictures("lobby");
    await ann.press("button", "Open");
    await ann.isIn();
    evening.link = ann.page.url();
    await ann.opensMenu("Settings");
    await ann.write("textbox", "Password", password);
    await ann.pictures("settings");
    await ann.press("button", "Save");
    await ann.sees("Saved.");
    await ann.press("button", "Invites");
    await ann.press("button", "Make an invite");
    evening.invite = await ann.control("textbox", "Send this link:").inputValue();
    await ann.write("spinbutton", "For how many people", "1");
    await ann.press("button", "Make an invite");
    await ann.sees("0 of 1 have come");
    evening.trollsInvite = await ann.control("textbox", "Send this link:").inputValue();
    await ann.pictures("invites");
    assert.notEqual(evening.invite, evening.trollsInvite);
    await ann.closesMenu();
  }],

  ["Ben, Cleo, Dan and Eve come; Ben is to help, and Dan's phone has a network that comes and goes", async (evening) => {
    const { ann } = named(evening);
    for (const name of ["Ben", "Cleo", "Eve"]) await (await evening.arrives(name)).comesBy(evening.invite);
    const dan = await evening.arrives("Dan", phone);
    await dan.goTo(evening.link);
    await dan.saysName();
    await dan.pictures("password");
    await dan.write("textbox", "Password", password);
    await dan.press("button", "Come in");
    await dan.isIn();
    const ben = await ann.about("Ben");
    await ann.choose("What Ben is here", "Co-host", ben);
    await evening.people.Ben.sees("Co-host", evening.people.Ben.part("Here now"));
    await ann.about("Ben");
    await Promise.all(evening.friends.map((guest) => guest.until("five are here", ({ room }) => room.memberTotal === 5)));
    evening.flaps(dan);
  }],

  ["they add songs, vote, talk, answer and react, and a short song plays and ends", async (evening) => {
    const { ann, ben, cleo, dan, eve } = named(evening);
    await ann.addsByAddress(evening.server.songs.add("jingle", { seconds: 4 }), "Jingle");
    await ben.addsByAddress(evening.server.songs.add("bus", { seconds: 240 }), "Bus");
    await cleo.addsByAddress(evening.server.songs.add("robot", { seconds: 240 }), "Robot");
    await eve.addsByAddress(evening.server.songs.add("boats", { seconds: 240 }), "Boats");
    await dan.press("button", /^Queue/);
    await dan.addsHouse("Morning Glass");
    for (const guest of [ann, cleo]) await guest.press("button", "Vote Boats up");
    await dan.sees("3", dan.control("group", "Votes for Boats"));
    await dan.press("button", /^Chat/);
    const lines = evening.friends.map((guest) => `${guest.name} is here`);
    for (const [i, guest] of evening.friends.entries()) await guest.says(lines[i]);
    await evening.everybody((guest) => guest.until("all were heard", ({ room }) => lines.every((line) => isSaid(room, line))));
    await cleo.press("button", "What to do with the message of Eve");
    await cleo.press("button", "Reply");
    await cleo.says("welcome, Eve");
    await eve.sees("welcome, Eve");
    await eve.press("button", "What to do with the message of Ann");
    await eve.press("button", "React with 🎉");
    await ann.control("button", "🎉, 1: react with it too").waitFor();
    await evening.steady((guest) => guest.until("the jingle is over", ({ room }) => isOver(room, "Jingle")));
    await ben.press("button", "Why Robot is there, and what to do with it");
    await ben.pictures("room");
    await dan.pictures("room-by-phone");
  }],

  ["a troll comes by an invite, with two tabs, and writes what it can", async (evening) => {
    const { ann } = named(evening);
    const tim = await evening.arrives("Tim");
    await tim.comesBy(evening.trollsInvite);
    evening.otherTab = await tim.opensTab();
    await evening.otherTab.goTo(evening.link);
    await evening.otherTab.isIn();
    for (const text of ["\u202egnihton\u202c", "ﷺ".repeat(60), "<img src=x onerror=alert(1)>", "x".repeat(400)]) await tim.says(text);
    await ann.until("the troll was heard", ({ room }) => room.chat.some(({ data }) => data.text.startsWith("xxx")));
    await ann.pictures("troll");
  }],

  ["Ann mutes the troll, which is told why, and lifts it again", async (evening) => {
    const { ann, tim } = named(evening);
    await ann.forbids("Tim", "Mute", "enough of it");
    for (const tab of [tim, evening.otherTab]) await tab.sees("You may not speak here for a while.", tab.part("Chat"));
    await tim.pictures("muted");
    await ann.opensMenu("Moderation");
    await ann.sees("enough of it", ann.page.getByRole("dialog"));
    await ann.pictures("order");
    await ann.press("button", "Lift what keeps Tim out of something");
    await ann.closesMenu();
    await tim.says("I can speak again");
    await ann.sees("I can speak again");
  }],

  ["a song cannot be played: the room is told, and goes on with the next one", async (evening) => {
    const { ann, ben, eve } = named(evening);
    await eve.addsByAddress(evening.server.songs.add("gone", { seconds: 20 }), "Gone");
    await ben.control("button", "Why Gone is there, and what to do with it").waitFor();
    evening.server.songs.behave("gone", { status: 404 });
    await ann.playsNow("Gone");
    await evening.steady((guest) => guest.until("another one plays", ({ room }) => isOver(room, "Gone")));
    await ann.opensMenu("Played");
    await ann.sees("could not be played", ann.page.getByRole("dialog"));
    await ann.pictures("played");
    await ann.closesMenu();
  }],

  ["Ann's machine dies without a goodbye; after the grace Ben runs the room", async (evening) => {
    const { ann, ben, cleo } = named(evening);
    ann.proxy.cut();
    await ann.sees("Reconnecting…");
    await ann.pictures("reconnecting");
    await ben.until("Ben is host", ({ room, userId }) => room.hostUserId === userId);
    await ben.press("button", "Pause for everybody");
    await cleo.until("it is quiet", ({ room }) => room.playback.status === "paused");
    await ben.press("button", "Play for everybody");
    await cleo.until("it goes on", ({ room }) => room.playback.status === "playing");
  }],

  ["Ann comes back, and the room is hers again", async (evening) => {
    const { ann } = named(evening);
    ann.proxy.restore();
    await evening.everybody((guest) => guest.until("Ann is the host", ({ room }) => room.hostUserId === room.ownerUserId));
  }],

  ["Ann sends the troll out: it is out on both tabs, and comes back once she lets it", async (evening) => {
    const { ann, tim } = named(evening);
    await ann.forbids("Tim", "Send out", "out with it");
    for (const tab of [tim, evening.otherTab]) await tab.sees("You were sent out of this room.");
    await tim.pictures("sent-out");
    await tim.page.reload();
    await tim.sees("You were sent out of this room.");
    await ann.until("the troll is gone", ({ room }) => room.memberTotal === 5);
    await ann.opensMenu("Moderation");
    await ann.press("button", "Lift what keeps Tim out of something");
    await ann.closesMenu();
    await tim.goTo(evening.link);
    await tim.isIn();
  }],

  ["Ann bans the troll, which finds no way back", async (evening) => {
    const { ann, tim } = named(evening);
    await ann.until("the troll is back", ({ room }) => room.memberTotal === 6);
    await ann.forbids("Tim", "Ban", "good night");
    await tim.sees("You are banned from this room.");
    await tim.pictures("banned");
    await ann.until("the troll is gone", ({ room }) => room.memberTotal === 5);
    for (const link of [evening.link, evening.trollsInvite, evening.invite]) {
      await evening.otherTab.goTo("/");
      await evening.otherTab.goTo(link);
      await evening.otherTab.sees("You are banned from this room.");
    }
    // As another person, whom nobody knows: the troll's invite was for one.
    const other = await evening.opens("Tom");
    await other.goTo(evening.trollsInvite);
    await other.saysName();
    await other.sees("That invite has been used as often as it may. Ask for a new one.");
    await other.pictures("used-up");
    await other.goes();
  }],

  ["the evening goes on without it: somebody new comes, and three vote a song away", async (evening) => {
    const { ann, ben, cleo, eve, tim } = named(evening);
    const zoe = await evening.arrives("Zoe", phone);
    await zoe.comesBy(evening.invite);
    await zoe.press("button", /^Chat/);
    await zoe.says(afterTheBan);
    await evening.everybody((guest) => guest.until("Zoe was heard", ({ room }) => isSaid(room, afterTheBan)));
    assert.equal(await tim.page.getByText(afterTheBan).count(), 0);
    await ben.addsByAddress(evening.server.songs.add("long", { seconds: 120 }), "Long");
    await ben.playsNow("Long");
    await voteItAway([cleo, eve, zoe]);
    await evening.steady((guest) => guest.until("it is over", ({ room }) => isOver(room, "Long")));
    await ann.opensMenu("Played");
    await ann.sees("voted away", ann.page.getByRole("dialog"));
    await ann.closesMenu();
  }],
];

/** A song can be voted away once it has played for some seconds. Each presses once: a second press takes the vote back. Who has just come has no say for some seconds, and until then fewer votes are enough. */
async function voteItAway(guests) {
  const [first] = guests;
  await first.until("it may be voted away", ({ positionMs, room }) => room.queue.current?.track.title === "Long" && positionMs > skipGuardMs);
  for (const [i, guest] of guests.entries()) {
    await guest.press("button", "Vote to skip");
    if (i < guests.length - 1) await guest.control("button", "Take back my vote").waitFor();
    if (guest === first) await first.until("it takes all of them", ({ room }) => room.skip.need === guests.length);
  }
}

/** A song's first 5 s, and what clocks may differ by. */
const skipGuardMs = 5_200;

const isSaid = (room, line) => room.chat.some(({ data }) => data.text === line);
const isOver = (room, title) => room.history.some(({ track }) => track.title === title);
const named = ({ people }) => Object.fromEntries(Object.entries(people).map(([name, guest]) => [name.toLowerCase(), guest]));
