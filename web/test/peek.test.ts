import assert from "node:assert/strict";
import { test } from "node:test";
import { peek } from "../src/entrance/peek";

const end = "\u001e";

/** A server whose list has a room, and finds it by the words of its name. */
function list(t: { after: (done: () => void) => void }, room: { roomId: string; name: string }): unknown[] {
  const asked: unknown[] = [];
  const { WebSocket } = globalThis;
  t.after(() => void (globalThis.WebSocket = WebSocket));
  globalThis.WebSocket = class extends EventTarget {
    constructor() {
      super();
      queueMicrotask(() => this.dispatchEvent(new Event("open")));
    }
    close(): void {}
    send(text: string): void {
      const { target, arguments: [{ query }] = [{}] } = JSON.parse(text.slice(0, -1)) as { target?: string; arguments?: [{ query?: string }] };
      if (target === undefined) return this.answer({});
      asked.push(query);
      const rooms = query === undefined || query.split(" ").every((word) => room.name.toLowerCase().includes(word)) ? [room] : [];
      this.answer({ type: 3, result: { result: { rooms } } });
    }
    private answer(message: object): void {
      queueMicrotask(() => this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) + end })));
    }
  } as unknown as typeof WebSocket;
  return asked;
}

const found = (roomId: string) => peek("http://room.test", roomId, new AbortController().signal);

test("a room is found by the words of its name", async (t) => {
  const asked = list(t, { roomId: "slow-songs-abcd", name: "Slow songs" });
  assert.equal((await found("slow-songs-abcd"))!.name, "Slow songs");
  assert.deepEqual(asked, ["slow songs"]);
});

test("a room that is called otherwise since it was opened is found by its id, under the name that it has", async (t) => {
  list(t, { roomId: "slow-songs-abcd", name: "Loud" });
  assert.equal((await found("slow-songs-abcd"))!.name, "Loud");
});

test("a room that is not in the list has no name, and none of another's", async (t) => {
  const asked = list(t, { roomId: "slow-songs-abcd", name: "Slow songs" });
  assert.equal(await found("slow-songs-wxyz"), null);
  assert.deepEqual(asked, ["slow songs", undefined]);
});
