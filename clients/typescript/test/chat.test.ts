import assert from "node:assert/strict";
import { test } from "node:test";
import { reduce } from "../src/rooms/reduce.js";
import { stateOf } from "../src/rooms/RoomState.js";
import * as results from "../src/protocol/results.js";
import type { Publication } from "../src/protocol/channels.js";

const state = () => stateOf(results.snapshot({ roomId: "jazz", settings: { name: "Jazz" } })!);

function publication(offset: number, event: string, data: unknown): Publication {
  return { offset, id: `i${offset}`, timeMs: offset, publisher: "ada", event, data, key: null };
}

test("a message keeps what the server says of it", () => {
  const data = { text: "see https://a.example", displayName: null, replyTo: 1, mentions: ["bob"], links: [{ start: 4, length: 17 }] };
  const { chat } = reduce(state(), publication(2, "chat", data));
  assert.deepEqual(chat.map((line) => line.data), [data]);
});

test("a change takes the place of what was said, and keeps its number", () => {
  const said = [1, 2, 3].reduce((before, offset) => reduce(before, publication(offset, "chat", { text: `${offset}`, displayName: "Ada" })), state());
  const edited = reduce(said, publication(4, "chatChanged", { offset: 2, authorId: "ada", message: { text: "two", displayName: "Ada", editedAtMs: 4 } }));
  const deleted = reduce(edited, publication(5, "chatChanged", { offset: 3, authorId: "ada", message: { text: "", displayName: "Ada", isDeleted: true } }));
  assert.deepEqual(
    deleted.chat.map(({ offset, data }) => [offset, data.text, data.editedAtMs ?? null, data.isDeleted ?? false]),
    [[1, "1", null, false], [2, "two", 4, false], [3, "", null, true]],
  );
});

test("a change of what is not here, or that is none, changes nothing", () => {
  const said = reduce(state(), publication(1, "chat", { text: "1", displayName: null }));
  for (const data of [{ offset: 9, message: { text: "x", displayName: null } }, { offset: 1 }, { offset: 1, message: {} }, null, "x"])
    assert.deepEqual(reduce(said, publication(2, "chatChanged", data)).chat, said.chat);
});
