import { click, does, show, type } from "./support/show";
import type { QueueEntry } from "@whatssound/client";
import { fireEvent, waitFor } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "../src/room/queue/Queue";
import { AddSeveral } from "../src/room/queue/AddSeveral";
import { Tries } from "../src/room/Tries";
import { FakeConnection, InRoom, room } from "./support/room";

const entry = (entryId: string, addedBy: string, score = 0): QueueEntry => ({ entryId, track: { url: `/${entryId}`, title: `Song ${entryId}`, durationMs: 180_000 }, addedBy, addedByName: addedBy, addedAtMs: 0, score });

const queueOf = (entries: QueueEntry[], total = entries.length) => ({ ...room().queue, window: entries, total });

const receipt = (operation: number | null = null) => ({ operation });

const listener = { ownerUserId: "bob", hostUserId: "bob" };

async function queue(connection: FakeConnection, userId = "ann", songs: object[] = []) {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(songs)));
  return show(
    <InRoom state={connection.room!} userId={userId} connection={connection}>
      <Tries>
        <Queue />
      </Tries>
    </InRoom>,
  );
}

test("a song says why it stands where it does", async () => {
  const reason = { entryId: "b", place: 2, total: 3, mode: "fair", turn: 1, roundsAhead: 1, score: 2, bonusPercent: 50, pinnedBy: null, isOrderedByHand: false, before: [{ entryId: "a", addedBy: "bob", cause: "turn" }] };
  const connection = new FakeConnection({ GetPlaceReason: () => reason }, room({ queue: queueOf([entry("a", "bob"), entry("b", "ann"), entry("c", "bob")]) }));
  const page = await queue(connection);
  await click(page.getByLabelText("Why Song b is there, and what to do with it"));
  await page.findByText("Place 2 of 3. Your next song. Within one round. Votes moved it up.");
  assert.equal((await page.findByText("it is their turn")).closest("li")!.textContent, "Song a it is their turn");
  await page.close();
});

test("a song that nobody but its adder has voted for was not moved by votes", async () => {
  const reason = { entryId: "b", place: 2, total: 2, mode: "fair", turn: 1, roundsAhead: null, score: 1, bonusPercent: 50, pinnedBy: null, isOrderedByHand: false, before: [] };
  const connection = new FakeConnection({ GetPlaceReason: () => reason }, room({ queue: queueOf([entry("a", "bob"), entry("b", "ann", 1)]) }));
  const page = await queue(connection);
  await click(page.getByLabelText("Why Song b is there, and what to do with it"));
  await page.findByText("Place 2 of 2. Your next song.");
  await page.close();
});

test("the song that comes next says whose turn it is", async () => {
  const reason = { entryId: "a", place: 1, total: 1, mode: "fair", turn: 1, roundsAhead: 0, score: 2, bonusPercent: null, pinnedBy: null, isOrderedByHand: false, before: [] };
  const connection = new FakeConnection({ GetPlaceReason: () => reason }, room({ queue: queueOf([entry("a", "bob")]) }));
  const page = await queue(connection);
  await click(page.getByLabelText("Why Song a is there, and what to do with it"));
  await page.findByText("Next: it is Bob's turn.");
  await page.close();
});

test("the queue comes first, then what adds a song, which waits where it cannot be added yet", async () => {
  let added = (_: object): void => undefined;
  const connection = Object.assign(new FakeConnection({}, room({ queue: queueOf([entry("a", "bob")]) })), { enqueue: () => new Promise<object>((resolve) => (added = resolve)) });
  const page = await queue(connection, "ann", [{ url: "/one", title: "One", durationMs: 60_000 }]);
  const one = (await page.findByText("One")).closest("button")!;
  assert.equal(page.getByTestId("queue").compareDocumentPosition(page.getByText("Add a song")) & Node.DOCUMENT_POSITION_FOLLOWING, Node.DOCUMENT_POSITION_FOLLOWING);
  await click(one);
  assert.equal(one.getAttribute("aria-busy"), "true");
  page.getByText("Waiting to be added");
  await does(() => added(receipt()));
  assert.equal(one.getAttribute("aria-busy"), "false");
  page.getByText("One was added.");
  await page.close();
});

test("who manages the queue moves, puts first and clears, and it can be undone", async () => {
  const acts = ["MoveEntry", "PinEntry", "ClearQueue", "RemoveEntry", "SetQueueMode", "Undo"];
  const connection = new FakeConnection({ ...Object.fromEntries(acts.map((name, i) => [name, () => receipt(name === "Undo" ? null : i)])), GetPlaceReason: () => ({ entryId: "b", place: 2, total: 3, mode: "fifo", turn: 1, roundsAhead: null, score: 0, bonusPercent: null, pinnedBy: null, isOrderedByHand: false, before: [] }) }, room({ queue: queueOf([entry("a", "bob"), entry("b", "bob"), entry("c", "bob")]) }));
  const page = await queue(connection);
  await click(page.getByLabelText("Why Song b is there, and what to do with it"));
  for (const action of ["Move up", "Move down", "To the top", "To the end", "Play it next"]) await click(await page.findByText(action));
  await click(page.getByLabelText("Remove Song c"));
  await click(page.getByText("Undo"));
  await click(await page.findByText("Remove all songs"));
  await does(() => fireEvent.change(page.getByLabelText("What plays next"), { target: { value: "votes" } }));
  assert.deepEqual(connection.asked.filter(({ method }) => acts.includes(method)), [
    { method: "MoveEntry", body: { entryId: "b", beforeEntryId: "a" } },
    { method: "MoveEntry", body: { entryId: "b" } },
    { method: "MoveEntry", body: { entryId: "b", beforeEntryId: "a" } },
    { method: "MoveEntry", body: { entryId: "b" } },
    { method: "PinEntry", body: { entryId: "b" } },
    { method: "RemoveEntry", body: { entryId: "c" } },
    { method: "Undo", body: { operation: 3 } },
    { method: "ClearQueue", body: {} },
    { method: "SetQueueMode", body: { mode: "votes" } },
  ]);
  await page.close();
});

test("who may do nothing with others' songs is offered nothing, and who may add none is told why", async () => {
  const connection = new FakeConnection({ GetPlaceReason: () => null }, room({ ...listener, settings: { name: "Den", isListed: true, isQueueLocked: true }, queue: queueOf([entry("a", "bob"), entry("b", "ann")]) }));
  const page = await queue(connection);
  page.getByText("Nobody may add songs for now.");
  assert.equal(page.queryByText("Add a link to a song"), null);
  assert.equal(page.queryByLabelText("Remove Song a"), null);
  page.getByLabelText("Remove Song b");
  await click(page.getByLabelText("Why Song a is there, and what to do with it"));
  await page.findByText("Remove my songs");
  for (const action of ["Move up", "To the end", "Play it next", "Remove all songs", "What plays next"]) assert.equal(page.queryByText(action), null, action);
  await page.close();
});

test("a room that does not vote shows no votes", async () => {
  const limits = { songsPerUserMax: null, minutesPerUserMax: 0, noRepeatMinutes: 0, isVotingOff: true, removesVotedDown: false };
  const page = await queue(new FakeConnection({}, room({ queue: { ...queueOf([entry("a", "bob")]), limits } })));
  assert.equal(page.queryByLabelText("Vote Song a up"), null);
  await page.close();
});

test("all of a long queue can be read", async () => {
  const all = Array.from({ length: 230 }, (_, i) => entry(`${i}`, "bob"));
  const pages = [0, 100, 200].map((from) => ({ entries: all.slice(from, from + 100), total: 230, next: from < 200 ? `${from + 100}` : null, isRestarted: false }));
  const connection = new FakeConnection({ GetQueuePage: ({ cursor }) => pages[Number(cursor ?? 0) / 100] }, room({ queue: queueOf(all.slice(0, 50), 230) }));
  const page = await queue(connection);
  await click(page.getByText("Show all 230 songs"));
  await page.findByText("Show the first only");
  const counts = () => connection.asked.filter(({ method }) => method === "GetQueuePage").length;
  page.getByText("Song 9");
  // Parts of ten songs, of which those that nobody is near are gaps.
  await waitFor(() => assert.equal(page.container.querySelectorAll(".entries ol").length, 23));
  assert.equal(counts(), 3);
  await page.close();
});

/** A room whose queue becomes another while somebody is at one of its songs. */
async function changing(entries: QueueEntry[], userId = "ann") {
  const handlers = { GetPlaceReason: () => null, RemoveEntry: () => receipt(1), Undo: () => receipt() };
  const connection = new FakeConnection(handlers, room({ ...listener, queue: queueOf(entries) }));
  globalThis.fetch = () => Promise.resolve(new Response("[]"));
  const inRoom = () => (
    <InRoom state={connection.room!} userId={userId} connection={connection}>
      <Tries>
        <Queue />
      </Tries>
    </InRoom>
  );
  const page = await show(inRoom());
  const becomes = async (others: QueueEntry[]): Promise<void> => {
    connection.room = room({ ...listener, queue: queueOf(others) });
    await page.again(inRoom());
  };
  const focused = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;
  return { page, connection, becomes, focused };
}

test("who is at a song stays there, and it stays open, wherever the song goes", async () => {
  const songs = Array.from({ length: 12 }, (_, i) => entry(`${i}`, "bob"));
  const { page, becomes, focused } = await changing(songs);
  const more = "Why Song 10 is there, and what to do with it";
  await becomes([songs[10]!, ...songs.slice(0, 10), songs[11]!]);
  await click(page.getByLabelText(more));
  page.getByLabelText(more).focus();
  // As when songs before it are voted up.
  await becomes([...songs.slice(1, 10), songs[10]!, songs[0]!, songs[11]!]);
  assert.equal(focused(), more);
  assert.equal(page.getByLabelText(more).getAttribute("aria-expanded"), "true");
  await becomes(songs);
  // Nobody is near the second ten here, so that they are a gap; who is there now has it.
  await becomes([songs[10]!, ...songs.slice(0, 10)]);
  assert.equal(page.getByLabelText(more).getAttribute("aria-expanded"), "true");
  await page.close();
});

test("where a song goes for good, who was at it is at the next one, and after the last one at what adds a song", async () => {
  const songs = [entry("a", "ann"), entry("b", "bob")];
  const { page, becomes, focused } = await changing(songs);
  page.getByLabelText("Remove Song a").focus();
  await click(page.getByLabelText("Remove Song a"));
  await becomes([songs[1]!]);
  assert.equal(focused(), "Why Song b is there, and what to do with it");
  await becomes([]);
  assert.equal(focused(), "Add a song");
  await page.close();
});

test("who undoes something stays where that was offered", async () => {
  const { page } = await changing([entry("a", "ann")]);
  await click(page.getByLabelText("Remove Song a"));
  const undo = page.getByText("Undo");
  undo.focus();
  await click(undo);
  assert.equal(page.queryByText("Undo"), null);
  assert.equal(page.container.querySelector(".undo")!.textContent, "It was undone.");
  assert.equal(document.activeElement, page.container.querySelector(".undo"));
  await page.close();
});

/** Of files that are called so, a browser finds nothing to play. */
class FakeAudio {
  readonly duration = 60;
  readonly seekable = { length: 1, end: () => 60 };
  private readonly listeners = new Map<string, () => void>();
  addEventListener(event: string, listener: () => void): void {
    this.listeners.set(event, listener);
  }
  set src(url: string) {
    queueMicrotask(() => this.listeners.get(url.includes("broken") ? "error" : "loadedmetadata")!());
  }
  removeAttribute(): void {}
  load(): void {}
}

test("of several songs each is added for itself, ten in a request, and those that are not stay, with why", async () => {
  const { Audio } = globalThis;
  globalThis.Audio = FakeAudio as unknown as typeof Audio;
  const queued = { code: "DUPLICATE_TRACK", message: "no", retryable: false, retryAfterMs: null, detail: null };
  const connection = new FakeConnection({ Enqueue: ({ tracks }) => ({ songs: (tracks as { title: string }[]).map(({ title }) => (title === "twice" ? { entryId: null, refusal: queued } : { entryId: title, refusal: null })) }) }, room());
  const page = await show(
    <InRoom state={room()} connection={connection}>
      <Tries>
        <AddSeveral />
      </Tries>
    </InRoom>,
  );
  const address = (name: string) => `https://songs.example/${name}.mp3`;
  const names = ["broken", "twice", ...Array.from({ length: 10 }, (_, i) => `song-${i}`)];
  const text = (await page.findByLabelText("Addresses of audio files, one on each line")) as HTMLTextAreaElement;
  await type(text, `${names.map(address).join("\n\n")}\n`);
  await does(() => fireEvent.submit(page.container.querySelector("form")!));
  await page.findByText("10 songs were added.");
  assert.deepEqual(connection.asked.map(({ body }) => (body.tracks as unknown[]).length), [9, 2]);
  assert.deepEqual((connection.asked[1]!.body.tracks as unknown[])[0], { url: address("song-8"), title: "song 8", durationMs: 60_000 });
  assert.equal(text.value, [address("broken"), address("twice")].join("\n"));
  assert.deepEqual([...page.getByRole("alert").children].map((line) => line.textContent), [`${address("broken")}: This address has no audio that the browser can play, or it is a stream without a length.`, `${address("twice")}: That song is already in the queue.`]);
  await page.close();
  globalThis.Audio = Audio;
});
