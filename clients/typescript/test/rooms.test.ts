import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelCursor, reduce, stateOf, withMyVote, type Frame, type Publication, type RoomState } from "../src/index.js";
import * as results from "../src/protocol/results.js";

const idle = { epoch: 1, revision: 1, entryId: null, status: "idle" as const, anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0, next: null };
const entry = (entryId: string) => ({ entryId, track: { url: `/${entryId}`, title: entryId, durationMs: 1 }, addedBy: "ann", addedByName: "Ann", addedAtMs: 0, score: 1 });
const member = (userId: string, joinedAtMs: number) => ({ userId, displayName: `The ${userId}`, info: null, joinedAtMs, isHost: false });

const empty: RoomState = {
  roomId: "den",
  settings: { name: "Den", isListed: true },
  ownerUserId: "ann",
  roles: null,
  chatCursor: null,
  mySanctions: [],
  hostUserId: "ann",
  playback: idle,
  hostPosition: null,
  queue: { revision: 1, current: null, window: [], total: 0, reason: "added", entryId: null, mode: "fair", limits: null },
  myVotes: {},
  mySkipVote: false,
  history: [],
  fallback: null,
  chat: [],
  chatHasMore: false,
  members: [member("ann", 1)],
  memberTotal: 1,
  skip: { have: 0, need: 1 },
};

const snapshot = {
  roomId: "den",
  revision: 1,
  serverTimeMs: 0,
  settings: empty.settings,
  ownerUserId: "ann",
  hostUserId: "ann",
  myRole: "listener",
  chatHasMore: false,
  positions: {},
};

const publication = (event: string, data: unknown, offset = 1): Publication => ({ offset, id: `p${offset}`, timeMs: 7, publisher: null, event, data, key: null });

test("presence adds, removes and replaces members, in the order they came", () => {
  const change = { joined: [member("cyd", 3), member("bob", 2)], left: [], updated: [], total: 3, summary: null };
  const three = reduce(empty, publication("presence", change));
  assert.deepEqual(three.members.map((m) => m.userId), ["ann", "bob", "cyd"]);
  const two = reduce(three, publication("presence", { joined: [], left: ["ann"], updated: [], total: 2, summary: null }));
  assert.deepEqual(two.members.map((m) => m.userId), ["bob", "cyd"]);
  assert.equal(two.memberTotal, 2);
});

test("a summary replaces the members and keeps the total", () => {
  const state = reduce(empty, publication("presence", { joined: [], left: [], updated: [], total: 400, summary: { sample: [member("zoe", 9)], activeLastMinute: 5 } }));
  assert.deepEqual([state.members.length, state.memberTotal], [1, 400]);
});

test("the publication that ends a summary replaces the members", () => {
  const crowded = reduce(empty, publication("presence", { joined: [], left: [], updated: [], total: 103, summary: { sample: [member("zoe", 9), member("yan", 8)], activeLastMinute: 5 } }));
  const back = reduce(crowded, publication("presence", { joined: [member("bob", 2), member("zoe", 9)], left: [], updated: [], total: 2, isComplete: true, summary: null }));
  assert.deepEqual(back.members.map((m) => m.userId), ["bob", "zoe"]);
});

const deep = JSON.parse("[".repeat(31) + "]".repeat(31)) as unknown;
const oddities: unknown[] = [null, 5, true, "x", [1], {}, { name: 5 }, { name: {} }, { name: [] }, { name: null, toString: 1, length: -1 }, deep, "y".repeat(1_000), { __proto__: null, constructor: 7 }];

test("whatever members say of themselves is kept as it is, and disturbs nothing", () => {
  const joined = oddities.map((info, i) => ({ ...member(`odd${i}`, i + 2), info }));
  const state = reduce(empty, publication("presence", { joined, left: [], updated: [], total: joined.length + 1, summary: null }));
  assert.deepEqual(state.members.slice(1).map((m) => m.info), oddities);
  assert.deepEqual(state.members.slice(1).map((m) => m.displayName), joined.map((m) => m.displayName));
});

test("a member without an id is left out, and a name that is no text is none", () => {
  const joined = [...oddities, { ...member("bob", 2), displayName: { name: "Bob" } }, { ...member("cyd", 3), userId: 7 }];
  const state = reduce(empty, publication("presence", { joined, left: oddities, updated: null, total: 2, summary: null }));
  assert.deepEqual(state.members.map((m) => [m.userId, m.displayName]), [["ann", "The ann"], ["bob", null]]);
});

test("a publication whose data is not what its event carries changes nothing", () => {
  for (const event of ["chat", "queue", "queueOrder", "skip", "playback", "hostPosition", "presence", "roles"]) {
    for (const data of oddities) assert.equal(reduce(empty, publication(event, data)), empty, `${event} ${JSON.stringify(data)}`);
  }
  for (const data of [null, 5, true, "x", [1]]) assert.equal(reduce(empty, publication("settings", data)), empty, `settings ${JSON.stringify(data)}`);
});

test("a snapshot with odd parts is taken without them", () => {
  for (const odd of oddities) {
    const parts = { playback: odd, queue: odd, myVotes: odd, history: [odd], chat: [publication("chat", odd)], presence: { members: [odd, member("bob", 2)], total: 2 }, skip: odd };
    const state = stateOf(results.snapshot({ ...snapshot, ...parts })!);
    assert.deepEqual([state.playback.status, state.queue.window, state.history, state.chat, state.members.map((m) => m.userId)], ["idle", [], [], [], ["bob"]]);
  }
});

test("a song that is no longer current is history", () => {
  const playing = reduce(empty, publication("queue", { ...empty.queue, current: entry("a") }));
  const next = reduce(playing, publication("queue", { ...empty.queue, current: entry("b"), reason: "started" }));
  assert.deepEqual(next.history.map((song) => song.entryId), ["a"]);
  assert.equal(next.history[0]!.endedAtMs, 7);
});

test("songs that were played while nobody looked are history, each once and as the server tells of it", () => {
  const played = (entryId: string) => ({ ...entry(entryId), startedAtMs: 1, endedAtMs: 9, endReason: "completed", score: 2, skipVotes: 1, listeners: 3, peakListeners: 4, averageListeners: 3.5, listenedMs: 8, isCounted: true });
  const playing = reduce(empty, publication("queue", { ...empty.queue, current: entry("a") }));
  const queue = publication("queue", { ...empty.queue, current: entry("d"), reason: "started" });
  const told = ["a", "b", "c"].map((entryId) => publication("played", played(entryId)));
  for (const publications of [[...told, queue], [queue, ...told]]) {
    const { history } = publications.reduce(reduce, playing);
    assert.deepEqual(history.map((song) => song.entryId), ["c", "b", "a"]);
    assert.deepEqual(new Set(history.map((song) => song.endedAtMs)), new Set([9]));
  }
  const many = Array.from({ length: 12 }, (_, number) => publication("played", played(`p${number}`))).reduce(reduce, empty);
  assert.deepEqual([many.history.length, many.history[0]!.entryId], [10, "p11"]);
  assert.equal(reduce(empty, publication("played", { entryId: "odd" })), empty);
});

test("an older vector is not applied", () => {
  const newer = reduce(empty, publication("playback", { ...idle, revision: 3 }));
  assert.equal(reduce(newer, publication("playback", { ...idle, revision: 2 })).playback.revision, 3);
});

test("the host changes for the members too", () => {
  const state = reduce(empty, publication("hostChanged", { hostUserId: "ann", reason: "returned" }));
  assert.equal(state.members[0]!.isHost, true);
});

test("new settings replace the ones before, and a room given away has another owner", () => {
  const settings = { name: "Another den", description: null, isListed: false, tags: [], hasPassword: true, slowModeSeconds: 5 };
  assert.deepEqual(reduce(empty, publication("settings", settings)).settings, settings);
  const roles = { holders: [{ userId: "ann", role: "coHost" }, { userId: "bob", role: "owner" }], succession: [], permissions: {} };
  const given = reduce(empty, publication("roles", roles));
  assert.equal(given.ownerUserId, "bob");
  assert.deepEqual(given.roles, roles);
});

test("what plays when nothing is queued is what was told last, and null where a server does not say it", () => {
  const told = { count: 3, setByUserId: "ann", revision: 2 };
  const state = reduce(empty, publication("fallback", told));
  assert.deepEqual(state.fallback, told);
  assert.equal(reduce(state, publication("fallback", { setByUserId: "bob" })), state);
  assert.equal(stateOf(results.snapshot(snapshot)!).fallback, null);
  assert.deepEqual(stateOf(results.snapshot({ ...snapshot, fallback: told })!).fallback, told);
});

test("an unknown event changes nothing", () => {
  assert.equal(reduce(empty, publication("constructor", {})), empty);
});

test("what the user said by vote on another connection replaces what was known, and what is no such thing does not", () => {
  const told = reduce(withMyVote(empty, "a", 1), publication("myVotes", { myVotes: { b: -1, odd: "1" }, mySkipVote: true }));
  assert.deepEqual([told.myVotes, told.mySkipVote], [{ b: -1 }, true]);
  assert.equal(reduce(told, publication("myVotes", null)), told);
});

test("a vote is set, changed and taken back", () => {
  assert.deepEqual(withMyVote(withMyVote(empty, "a", 1), "a", -1).myVotes, { a: -1 });
  assert.deepEqual(withMyVote(withMyVote(empty, "a", 1), "a", 0).myVotes, {});
});

const frame = (previousOffset: number, offsets: number[], more: Partial<Frame> = {}): Frame => ({
  channel: "c",
  epoch: "e",
  class: "ordered",
  previousOffset,
  headOffset: offsets.at(-1)!,
  publications: offsets.map((offset) => publication("x", null, offset)),
  ...more,
});

const offsetsOf = (taken: Publication[] | "gap"): number[] | "gap" => (taken === "gap" ? taken : taken.map((p) => p.offset));

test("a cursor hands out each offset once, and takes nothing of a frame behind a gap", () => {
  const cursor = new ChannelCursor("c", { epoch: "e", offset: 3 });
  assert.deepEqual(offsetsOf(cursor.take(frame(2, [3, 4, 5]))), [4, 5]);
  assert.equal(cursor.take(frame(6, [7])), "gap");
  assert.equal(cursor.take(frame(5, [6, 8])), "gap");
  assert.equal(cursor.take(frame(5, [6], { epoch: "other" })), "gap");
  assert.deepEqual(cursor.position, { epoch: "e", offset: 5 });
  assert.equal(cursor.duplicates, 1);
});

test("a conflated frame may skip offsets, but not a frame", () => {
  const cursor = new ChannelCursor("c", { epoch: "e", offset: 3 });
  assert.deepEqual(offsetsOf(cursor.take(frame(3, [9], { class: "conflated", headOffset: 11 }))), [9]);
  assert.equal(cursor.position.offset, 11);
  assert.equal(cursor.take(frame(12, [13], { class: "conflated" })), "gap");
});

test("an answer that claims to be whole and is not is a gap", () => {
  const cursor = new ChannelCursor("c", { epoch: "e", offset: 3 });
  const recovery = { channel: "c", position: { epoch: "e", offset: 6 }, verdict: "recovered" as const, class: "ordered" as const, lostFrom: null, lostTo: null };
  assert.equal(cursor.recover({ ...recovery, publications: [publication("x", null, 4), publication("x", null, 6)] }), "gap");
  assert.deepEqual(offsetsOf(cursor.recover({ ...recovery, publications: [4, 5, 6].map((offset) => publication("x", null, offset)) })), [4, 5, 6]);
});

/** As it is once it was read. */
const known = (entryId: string) => ({ ...entry(entryId), track: { ...entry(entryId).track, artist: null } });

test("an order of the queue is of the songs that are known", () => {
  const full = reduce(empty, publication("queue", { ...empty.queue, current: entry("a"), window: [entry("b"), entry("c")], total: 2 }));
  const order = { ...empty.queue, revision: 2, current: { entryId: "a", score: 3 }, window: [{ entryId: "c", score: 2 }, { entryId: "b", score: 1 }], total: 2, reason: "voted", entryId: "c" };
  const { queue } = reduce(full, publication("queueOrder", order));
  assert.deepEqual(queue, { ...order, current: { ...known("a"), score: 3 }, window: [{ ...known("c"), score: 2 }, known("b")] });
});

test("a song that an order of the queue moves to the player has followed the one that ended", () => {
  const full = reduce(empty, publication("queue", { ...empty.queue, current: entry("a"), window: [entry("b"), entry("c")], total: 2 }));
  const next = reduce(full, publication("queueOrder", { ...empty.queue, current: { entryId: "b", score: 1 }, window: [{ entryId: "c", score: 1 }], total: 1, reason: "started" }));
  assert.deepEqual([next.queue.current, next.queue.window, next.history.map((song) => song.entryId)], [known("b"), [known("c")], ["a"]]);
  const silent = reduce(next, publication("queueOrder", { ...empty.queue, current: null, window: [], reason: "ended" }));
  assert.deepEqual([silent.queue.current, silent.queue.window, silent.history.map((song) => song.entryId)], [null, [], ["b", "a"]]);
});

test("what an order of the queue names and nobody has sent is left out", () => {
  const { queue } = reduce(empty, publication("queueOrder", { ...empty.queue, current: { entryId: "x", score: 1 }, window: [null, { entryId: "y", score: 1 }] }));
  assert.deepEqual([queue.current, queue.window], [null, []]);
});
