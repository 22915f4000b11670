import { click, does, show, type } from "./support/show";
import { RefusalError, type ChatMessage } from "@whatssound/client";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "../src/room/chat/Chat";
import { ChatContext, useChatOf } from "../src/room/chat/ChatContext";
import { linesMax } from "../src/room/chat/ChatLog";
import { Tries } from "../src/room/Tries";
import { FakeConnection, InRoom, member, room } from "./support/room";

const line = (offset: number, text: string, publisher = "bob", more: Partial<ChatMessage> = {}) => ({ offset, id: `m${offset}`, timeMs: offset * 1_000, publisher, event: "chat", data: { text, displayName: publisher === "bob" ? "Bob" : "Ann", ...more }, key: null });

function WithChat({ connection, userId }: { connection: FakeConnection; userId: string }) {
  const chat = useChatOf(connection.asConnection, "den", userId);
  return (
    <ChatContext.Provider value={chat}>
      <Tries>
        <Chat />
      </Tries>
    </ChatContext.Provider>
  );
}

async function chatOf(connection: FakeConnection, userId = "ann") {
  const inRoom = () => (
    <InRoom state={connection.room!} userId={userId} connection={connection}>
      <WithChat connection={connection} userId={userId} />
    </InRoom>
  );
  const page = await show(inRoom());
  const texts = () => [...page.container.querySelectorAll(".message .text")].map((text) => text.firstChild?.textContent);
  /** What comes from the room. */
  const comes = async (change: Parameters<typeof room>[0]) => {
    await does(() => connection.show(room({ ...connection.room, ...change })));
    await page.again(inRoom());
  };
  const say = async (text: string) => {
    await type(page.getByLabelText("Message"), text);
    await does(() => fireEvent.submit(page.getByLabelText("Message").closest("form")!));
  };
  return { page, texts, comes, say };
}

test("what waits and what was refused is shown until it stands in the chat, is sent again or discarded", async () => {
  const answers: ((answer: unknown) => void)[] = [];
  const connection = new FakeConnection({ SendChat: () => new Promise((resolve) => answers.push(resolve)) }, room({ chat: [line(1, "hello")] }));
  const { page, texts, comes, say } = await chatOf(connection);
  await say("first");
  await say("second");
  assert.deepEqual(texts(), ["hello", "first", "second"]);
  assert.equal(page.getAllByText("Waiting to be sent").length, 2);

  await comes({ chat: [line(1, "hello"), line(2, "first", "ann")] });
  await does(() => answers[0]!({ position: { epoch: "e", offset: 2 } }));
  assert.deepEqual(texts(), ["hello", "first", "second"]);
  await does(() => answers[1]!(Promise.reject(new RefusalError({ code: "SLOW_MODE", message: "", retryable: false, retryAfterMs: 5_000, detail: null }))));
  await page.findByText("This room is slow: give the others a moment. Try again in 5 sec.");
  assert.deepEqual(JSON.parse(sessionStorage.getItem("whatssound.unsaid.den")!), [{ text: "second" }]);

  await click(page.getByText("Send again"));
  await does(() => answers[2]!({ position: { epoch: "e", offset: 3 } }));
  await comes({ chat: [line(1, "hello"), line(2, "first", "ann"), line(3, "second", "ann")] });
  assert.deepEqual(texts(), ["hello", "first", "second"]);
  assert.equal(page.queryByText("Waiting to be sent"), null);
  assert.deepEqual(JSON.parse(sessionStorage.getItem("whatssound.unsaid.den")!), []);
  await page.close();
});

test("each line is told to readers once, in a place of its own, and neither names that change nor what is opened", async () => {
  const connection = new FakeConnection({ SendChat: () => ({ position: { epoch: "e", offset: 2 } }) }, room({ chat: [line(1, "hello")] }));
  const { page, comes, say } = await chatOf(connection);
  const told: string[] = [];
  const place = page.getByTestId("said");
  new MutationObserver(() => place.textContent && told.push(place.textContent)).observe(place, { subtree: true, childList: true, characterData: true });
  assert.equal(page.getByRole("log").getAttribute("aria-live"), "off");
  assert.equal(place.textContent, "");
  await say("mine");
  await comes({ chat: [line(1, "hello"), line(2, "mine", "ann")] });
  await comes({ chat: [line(1, "hello"), line(2, "mine", "ann"), line(3, "again")] });
  await comes({ chat: [line(1, "hello"), line(2, "mine", "ann"), line(3, "again"), line(4, "again")] });
  await comes({ members: [member("ann", "Ann"), member("bob", "Robert")] });
  await click(page.getAllByLabelText(/^What to do with the message of/)[0]!);
  assert.deepEqual(told, ["Ann: mine", "Bob: again", "Bob: again"]);
  await comes({ chat: [1, 2, 3, 4, 5, 6, 7, 8].map((offset) => line(offset, `${offset}`)) });
  assert.equal(place.textContent, "4 new messages");
  await page.close();
});

test("what is new begins with what others have said", async () => {
  const marker = { event: "read", data: { roomId: "den", offset: 1 } };
  const connection = new FakeConnection({}, room({ chat: [line(1, "hello"), line(2, "mine", "ann"), line(3, "yours")] }));
  const listeners: ((told: object) => void)[] = [];
  const subscribe = (listener: (told: object) => void) => (listeners.push(listener), Promise.resolve());
  connection.connection.channel = () => ({ isSubscribed: false, subscribe: subscribe as () => Promise<void>, unsubscribe: () => Promise.resolve() });
  const { page } = await chatOf(connection);
  await does(() => listeners.forEach((listener) => listener(marker)));
  assert.equal(page.getByText("New").nextElementSibling!.textContent!.includes("yours"), true);
  await page.close();
});

test("what was not sent before the page was closed is there again, and can be discarded", async () => {
  sessionStorage.setItem("whatssound.unsaid.den", '[{"text":"from before"},{"text":5},null]');
  const { page, texts } = await chatOf(new FakeConnection({}, room()));
  assert.deepEqual(texts(), ["from before"]);
  await page.findByText("The page was closed before this was sent.");
  await click(page.getByText("Discard"));
  assert.deepEqual(texts(), []);
  sessionStorage.clear();
  await page.close();
});

test("links are those that the server found, over http alone, and lead away safely", async () => {
  const text = "see https://a.example/x and javascript:alert(1) now";
  const links = [{ start: 4, length: 19 }, { start: text.indexOf("javascript"), length: 19 }];
  const { page } = await chatOf(new FakeConnection({}, room({ chat: [line(1, text, "bob", { links })] })));
  const link = page.getByRole("link") as HTMLAnchorElement;
  assert.equal(link.href, "https://a.example/x");
  assert.equal(link.rel, "noopener noreferrer nofollow");
  assert.equal(link.closest("p")!.textContent, text);
  await page.close();
});

test("of a message of very many lines the first are shown, and the rest if that is wanted", async () => {
  const text = `${"\n".repeat(250)}https://a.example/x`;
  const links = [{ start: 250, length: 19 }];
  const { page } = await chatOf(new FakeConnection({}, room({ chat: [line(1, text, "bob", { links })] })));
  const shown = page.container.querySelector(".message .text")!;
  await page.findByText("Show all of it");
  assert.equal(shown.textContent!.split("\n").length, 10);
  assert.equal(page.queryByRole("link"), null);
  await click(page.getByText("Show all of it"));
  assert.equal(shown.textContent, text);
  page.getByRole("link");
  await click(page.getByText("Show less"));
  assert.equal(page.queryByRole("link"), null);
  await page.close();
});

test("a reply, an edit and taking back are asked for with the message's number, and offered to whom they are for", async () => {
  const connection = new FakeConnection({ SendChat: () => ({ position: { epoch: "e", offset: 9 } }), EditChat: () => ({}), DeleteChat: () => ({}) }, room({ ownerUserId: "bob", hostUserId: "bob", chat: [line(1, "one"), line(2, "two", "ann")] }));
  const { page, say } = await chatOf(connection);
  await click(page.getByLabelText("What to do with the message of Bob"));
  await page.findByText("Reply");
  assert.equal(page.queryByText("Edit"), null);
  assert.equal(page.queryByText("Take back"), null);
  await click(page.getByText("Reply"));
  await say("an answer");
  await click(page.getByLabelText("What to do with the message of Ann"));
  await click(await page.findByText("Edit"));
  assert.equal((page.getByLabelText("Message") as HTMLInputElement).value, "two");
  await say("two, better");
  await click(page.getByLabelText("What to do with the message of Ann"));
  await click(await page.findByText("Take back"));
  const asked = connection.asked.filter(({ method }) => /Chat$/.test(method));
  assert.deepEqual(asked, [
    { method: "SendChat", body: { text: "an answer", replyTo: 1 } },
    { method: "EditChat", body: { offset: 2, text: "two, better" } },
    { method: "DeleteChat", body: { offset: 2 } },
  ]);
  await page.close();
});

test("whoever is picked behind an @ is mentioned, as long as they are in the text", async () => {
  const connection = new FakeConnection({ SendChat: () => ({ position: { epoch: "e", offset: 9 } }) }, room({ members: [member("ann", "Ann"), member("bob", "Bob"), member("bo2", "Bobby Lee")] }));
  const { page, say } = await chatOf(connection);
  const input = page.getByLabelText("Message") as HTMLInputElement;
  await type(input, "hi @bo");
  assert.deepEqual(page.getAllByRole("option").map((option) => option.textContent), ["Bob", "Bobby Lee"]);
  await does(() => fireEvent.keyDown(input, { key: "ArrowDown" }));
  await does(() => fireEvent.keyDown(input, { key: "Enter" }));
  assert.equal(input.value, "hi @Bobby Lee ");
  await type(input, `${input.value}and @bo`);
  await does(() => fireEvent.mouseDown(page.getAllByRole("option")[0]!));
  await say(input.value.replace("and @Bob", ""));
  assert.deepEqual(connection.asked.find(({ method }) => method === "SendChat")!.body, { text: "hi @Bobby Lee", mentions: ["bo2"] });
  await page.close();
});

test("pages are read backward, keep what was changed, and end where a reader can begin again", async () => {
  const old = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i, `line ${from + i}`));
  const pages: Record<number, unknown> = { 201: { lines: old(101, 201), next: 101 }, 101: { lines: [...old(1, 101), { offset: 3, data: 5 }], next: null } };
  const connection = new FakeConnection({ GetChat: ({ before }) => pages[before as number] }, room({ chat: old(201, 251), chatCursor: 201 }));
  const { page, comes } = await chatOf(connection);
  await click(page.getByText("Earlier messages"));
  await click(await page.findByText("Earlier messages"));
  assert.equal(page.queryByText("Earlier messages"), null);
  await does(() => connection.publish({ event: "chatChanged", data: { offset: 230, message: { text: "changed", displayName: "Bob" } } }));
  await page.findByText("changed");
  await comes({ chat: old(251, 251 + linesMax), chatCursor: 201 });
  // The oldest have gone, and can be read again.
  await page.findByText("Earlier messages");
  await page.close();
});

test("who is muted is told so where they would write", async () => {
  const mute = { roomId: "den", userId: "ann", kind: "mute", revision: 1, untilMs: null, isLifted: false, reason: null };
  const { page } = await chatOf(new FakeConnection({}, room({ mySanctions: [mute] })));
  page.getByText("You may not speak here for a while.");
  assert.equal(page.queryByLabelText("Message"), null);
  await page.close();
});
