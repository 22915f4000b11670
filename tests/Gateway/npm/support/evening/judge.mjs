import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { afterTheBan } from "./acts.mjs";

const byUser = (a, b) => (a.userId < b.userId ? -1 : 1);

/** A room as a snapshot, or somebody's view, has it. */
function seen({ settings, ownerUserId, hostUserId, playback, queue, history, chat, members, total, skip }) {
  const { revision, current, window, total: queued, mode, limits } = queue;
  return {
    settings,
    ownerUserId,
    hostUserId,
    playback,
    queue: { revision, current, window, queued, mode, limits },
    history: history.map(({ entryId }) => entryId),
    chat: chat.slice(-50).map(({ offset, id, publisher, data }) => ({ offset, id, publisher, text: data.text })),
    members: members.map(({ userId, displayName, info, isHost }) => ({ userId, displayName, info, isHost })).toSorted(byUser),
    total,
    // How many it would take is told once somebody has voted.
    skip: skip.have > 0 ? skip : null,
  };
}

/** An auditor comes in and takes a snapshot, and the whole queue; answers them once everybody sees the same. */
export async function everybodySeesTheSame(evening) {
  const auditor = await evening.opens("auditor");
  assert.equal((await auditor.joins({ invite: evening.invite })).ok, true);
  await evening.everybody("the auditor is here", (room) => room.members.some((member) => member.userId === "auditor"));
  const { result: snapshot } = await auditor.asks("GetSnapshot", { roomId: evening.roomId });
  const expected = seen({ ...snapshot, ...snapshot.presence });
  for (const person of evening.listeners) {
    const view = () => seen({ ...person.view, total: person.view.memberTotal });
    await person.until("what the room is", () => isDeepStrictEqual(view(), expected), 30_000).catch(() => undefined);
    assert.deepEqual(view(), expected, person.userId);
  }
  const { result: page } = await auditor.asks("GetQueuePage", { roomId: evening.roomId, count: 100 });
  return { snapshot, queued: page.entries };
}

/** INV-Q1, INV-T5, INV-R2: every song that was added is in one place, once, and none is there that nobody was promised. */
export function everySongIsOnce({ promises, unplayable }, { snapshot, queued }) {
  assert.equal(snapshot.history.find(({ entryId }) => entryId === unplayable)?.endReason, "error");
  const { current } = snapshot.queue;
  const there = [...(current ? [current] : []), ...queued, ...snapshot.history].map((entry) => entry.entryId);
  assert.deepEqual(there.toSorted(), [...promises.songs.keys()].filter((entryId) => !promises.removed.has(entryId)).toSorted());
}

/** INV-Q3: every score is what was voted, without the banned. */
export function everyVoteCounts({ promises }, { snapshot, queued }) {
  for (const entry of [snapshot.queue.current, ...queued].filter(Boolean)) assert.equal(entry.score, promises.scoreOf(entry.entryId), `${entry.track.title} of ${entry.addedBy}`);
}

/** INV-C1: the chat has no gap, and everything acknowledged is at its offset, once. */
export function everyWordIsInItsPlace({ promises, people: { ben } }) {
  const { chat, chatHasMore } = ben.view;
  const first = chatHasMore ? chat[0].offset : 1;
  assert.deepEqual(chat.map(({ offset }) => offset), chat.map((_, i) => first + i));
  assert.equal(new Set(chat.map(({ id }) => id)).size, chat.length);
  for (const [offset, { text, userId }] of promises.said) {
    const message = chat.find((one) => one.offset === offset);
    if (offset >= first) assert.deepEqual([message?.data.text, message?.publisher], [text, userId], `at ${offset}`);
  }
}

/** INV-M1, INV-T3: nobody ever saw two hosts, or anything go back; and nobody missed a message or had one twice. */
export function nobodySawWhatCannotBe({ listeners }) {
  assert.deepEqual(listeners.flatMap((person) => person.faults), []);
  for (const { userId, room } of listeners) assert.deepEqual([userId, room.progress.gaps, room.progress.duplicates], [userId, 0, 0]);
}

/** INV-M7, INV-R6: nothing that was said or done after the ban has reached any of the troll's tabs, or the guest that it was. */
export function theTrollSawNothing({ tabs, bannedAt, roomId }) {
  const outsiders = tabs.filter((tab) => ["troll", "guest"].includes(tab.userId));
  const frames = outsiders.flatMap((tab) => tab.frames).filter(({ channel }) => channel.startsWith(`room:${roomId}`));
  assert.ok(frames.length > 0, "it saw nothing before either");
  for (const frame of frames) {
    assert.ok(!JSON.stringify(frame).includes(afterTheBan), JSON.stringify(frame));
    for (const { event, data } of frame.publications) if (["queue", "playback"].includes(event)) assert.ok(data.revision <= bannedAt, `${event} of revision ${data.revision}, after the ban at ${bannedAt}`);
  }
}
