import { click, does, show } from "./support/show";
import { RefusalError, type QueueEntry, type RoomState } from "@whatssound/client";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatContext, type ChatView } from "../src/room/chat/ChatContext";
import { NowPlaying } from "../src/room/playback/NowPlaying";
import { SongPulse } from "../src/room/playback/SongPulse";
import { Tries } from "../src/room/Tries";
import { Store } from "../src/ui/Store";
import { FakeConnection, InRoom, room } from "./support/room";

const song: QueueEntry = { entryId: "s", track: { url: "/s", title: "Luna", durationMs: 180_000 }, addedBy: "owner", addedByName: "owner", addedAtMs: 0, score: 3 };

const evening: Partial<RoomState> = {
  ownerUserId: "owner",
  hostUserId: "host",
  queue: { ...room().queue, current: song },
  playback: { ...room().playback, entryId: "s", status: "playing", durationMs: 180_000 },
  roles: { holders: [{ userId: "co", role: "coHost" }, { userId: "mod", role: "moderator" }, { userId: "dj", role: "dj" }], succession: [], permissions: {} },
};

const view = { needsTap: false, isHeld: false, trouble: null, syncMs: 5, offsetMs: 0, volume: 1, isMuted: false };
const pulse = Object.assign(new Store(), { reactionsTo: () => [] });
const chat = { log: new Store(), pulse } as unknown as ChatView;

const player = (state: RoomState, userId: string, connection = new FakeConnection()) =>
  show(
    <InRoom state={state} userId={userId} connection={connection}>
      <ChatContext.Provider value={chat}>
        <Tries>
          <NowPlaying view={view} player={null} />
          <SongPulse />
        </Tries>
      </ChatContext.Provider>
    </InRoom>,
  );

async function offeredTo(userId: string, changes: Partial<RoomState> = {}) {
  const page = await player(room({ ...evening, ...changes }), userId);
  const offered = {
    play: page.queryByLabelText("Pause for everybody") !== null,
    seek: page.queryByRole("slider", { name: "Position in the song" }) !== null,
    speed: page.queryByLabelText("Speed, for everybody") !== null,
    skip: page.queryByLabelText("Skip to the next song") !== null,
    voteSkip: page.queryByText("Vote to skip") !== null,
    vote: page.queryByLabelText("Vote Luna up") !== null,
  };
  await page.close();
  return Object.entries(offered).flatMap(([what, isOffered]) => (isOffered ? [what] : []));
}

const controls = ["play", "seek", "speed"];

test("the player's controls are for who may, by role, as host and by the room's own permissions", async () => {
  assert.deepEqual(await offeredTo("host"), [...controls, "skip", "vote"]);
  assert.deepEqual(await offeredTo("owner"), [...controls, "skip", "vote"]);
  assert.deepEqual(await offeredTo("co"), [...controls, "skip", "vote"]);
  assert.deepEqual(await offeredTo("mod"), ["skip", "vote"]);
  assert.deepEqual(await offeredTo("dj"), ["voteSkip", "vote"]);
  assert.deepEqual(await offeredTo("bob"), ["voteSkip", "vote"]);
  const own = (permissions: Record<string, string>) => ({ roles: { ...evening.roles!, permissions } });
  assert.deepEqual(await offeredTo("dj", own({ controlPlayback: "dj" })), [...controls, "voteSkip", "vote"]);
  assert.deepEqual(await offeredTo("bob", own({ skipSongs: "listener", vote: "moderator" })), ["skip"]);
  assert.deepEqual(await offeredTo("co", own({ controlPlayback: "owner", skipSongs: "owner" })), ["voteSkip", "vote"]);
});

test("who is timed out is offered nothing, whatever their role", async () => {
  const timeout = { roomId: "den", userId: "co", kind: "timeout", revision: 1, untilMs: null, isLifted: false, reason: null };
  assert.deepEqual(await offeredTo("co", { mySanctions: [timeout] }), []);
});

test("one's own song is skipped at once, and has no vote to skip beside that", async () => {
  const page = await player(room({ ...evening, ownerUserId: "host", queue: { ...evening.queue!, current: { ...song, addedBy: "bob" } } }), "bob");
  page.getByText("Skip my song");
  assert.equal(page.queryByText("Vote to skip"), null);
  await page.close();
});

test("a song of the fallback playlist is nobody's own: whoever set it votes as everybody else", async () => {
  const page = await player(room({ ...evening, ownerUserId: "host", queue: { ...evening.queue!, current: { ...song, addedBy: "bob", isFallback: true } } }), "bob");
  page.getByText("Vote to skip");
  assert.equal(page.queryByText("Skip my song"), null);
  assert.equal((page.getByLabelText("Vote Luna up") as HTMLButtonElement).disabled, false);
  await page.close();
});

test("how many want the song to end is said where it is said that it plays, so that nothing moves", async () => {
  const page = await player(room({ ...evening, skip: { have: 1, need: 2 } }), "bob");
  assert.equal(page.container.querySelector(".eyebrow")!.textContent, "1 of 2 votes to skip");
  await page.close();
});

test("a vote to skip that does not count yet says that it will", async () => {
  const page = await player(room({ ...evening, mySkipVote: true }), "bob");
  assert.equal(page.container.querySelector(".eyebrow")!.textContent, "Your vote counts in a moment");
  await page.close();
});

test("a vote that is cast without a connection says that it waits, until the room has it", async () => {
  let arrive = (): void => undefined;
  const connection = Object.assign(new FakeConnection({ Vote: () => new Promise<void>((resolve) => (arrive = resolve)) }), { state: "reconnecting" });
  const page = await player(room(evening), "bob", connection);
  const up = page.getByLabelText("Vote Luna up");
  await click(up);
  await page.findByText("Your vote waits for the network.");
  assert.equal(up.getAttribute("aria-busy"), "true");
  await does(() => (arrive(), new Promise((resolve) => setImmediate(resolve))));
  assert.equal(up.getAttribute("aria-busy"), "false");
  assert.equal(page.queryByText("Your vote waits for the network."), null);
  connection.state = "live";
  await click(up);
  assert.equal(up.getAttribute("aria-busy"), "false");
  await page.close();
});

test("readers are told how loud it is in percent", async () => {
  const page = await player(room(evening), "bob");
  assert.equal(page.getByLabelText("Volume, for you only").getAttribute("aria-valuetext"), "100%");
  await page.close();
});

test("a song that is over while the room is not heard plays no longer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const state = room({ ...evening, playback: { ...evening.playback!, durationMs: 30_000 } });
  const page = await player(state, "bob", new FakeConnection());
  const eyebrow = () => page.container.querySelector(".eyebrow")!.textContent;
  await does(() => t.mock.timers.tick(20_500));
  assert.equal(eyebrow(), "Now playing");
  await does(() => t.mock.timers.tick(1_000));
  assert.equal(eyebrow(), "Waiting for the room");
  assert.equal(page.container.querySelector(".sync summary")!.textContent, "Sound and sync");
  await page.close();
});

test("the song that plays is voted on, and its adder's vote is fixed", async () => {
  const connection = new FakeConnection();
  const page = await player(room(evening), "bob", connection);
  await click(page.getByLabelText("Vote Luna down"));
  assert.deepEqual(connection.asked, [{ method: "Vote", body: { entryId: "s", value: -1 } }]);
  await page.close();
  const adders = await player(room(evening), "owner");
  assert.equal((adders.getByLabelText("Vote Luna up") as HTMLButtonElement).disabled, true);
  await adders.close();
});

test("the speed is chosen for everybody, goes back when it is refused, and is told to those who may not choose it", async () => {
  let refuses = false;
  const connection = new FakeConnection({
    SetRate: () => {
      if (refuses) throw new RefusalError({ code: "NOTHING_PLAYING", message: "no", retryable: false, retryAfterMs: null, detail: null });
    },
  });
  const page = await player(room(evening), "host", connection);
  const choice = page.getByLabelText("Speed, for everybody") as HTMLSelectElement;
  const choose = (value: string) => does(() => fireEvent.change(choice, { target: { value } }));
  await choose("1250");
  assert.deepEqual(connection.asked, [{ method: "SetRate", body: { ratePermille: 1250 } }]);
  assert.equal(choice.value, "1250");
  refuses = true;
  await choose("2000");
  await page.findByText("Nothing is playing.");
  assert.equal(choice.value, "1000");
  await page.close();
  const fast = room({ ...evening, playback: { ...evening.playback!, ratePermille: 1250 } });
  const listeners = await player(fast, "bob");
  assert.match(listeners.container.querySelector(".speed")!.textContent!, /1\.25×/);
  await listeners.close();
});
