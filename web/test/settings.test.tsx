import { click, does, show } from "./support/show";
import { RefusalError } from "@whatssound/client";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { useMore } from "../src/language/Language";
import { Reopen } from "../src/room/Reopen";
import { Fallback } from "../src/room/settings/Fallback";
import { Invites } from "../src/room/settings/Invites";
import { QueueLimits } from "../src/room/settings/QueueLimits";
import { Settings } from "../src/room/settings/Settings";
import { You } from "../src/room/settings/You";
import { Tries } from "../src/room/Tries";
import { FakeConnection, InRoom, room } from "./support/room";

const refused = (code: string) => () => {
  throw new RefusalError({ code, message: "no", retryable: false, retryAfterMs: null, detail: null });
};

const shown = (child: preact.JSX.Element, { state = room(), userId = "ann", connection = new FakeConnection() } = {}) =>
  show(
    <InRoom state={state} userId={userId} connection={connection}>
      <Tries>{child}</Tries>
    </InRoom>,
  );

const track = (title: string) => ({ url: `/tracks/${title}.wav`, title, durationMs: 60_000 });

function WhenLoaded({ of: Child }: { of: () => preact.JSX.Element | null }) {
  return useMore() && <Child />;
}

test("what plays when nothing is queued is chosen of the house's songs and the room's, in the order of choosing, or is silence", async () => {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify([track("One"), track("Two")])));
  const connection = new FakeConnection();
  const played = { entryId: "p", track: track("Three"), addedBy: "bob", addedByName: null, endedAtMs: 0 };
  const page = await shown(<WhenLoaded of={Fallback} />, { state: room({ history: [played] }), connection });
  await click(await page.findByLabelText(/^Three/));
  await click(await page.findByLabelText(/^One/));
  await click(page.getByText("Play these"));
  await page.findByText("2 songs play when nothing is queued.");
  await click(page.getByText("Play nothing"));
  await page.findByText("Nothing plays when nothing is queued.");
  assert.deepEqual(connection.asked, [
    { method: "SetFallback", body: { tracks: [track("Three"), track("One")] } },
    { method: "SetFallback", body: { tracks: [] } },
  ]);
  await page.close();
});

test("what is set to play when nothing is queued is chosen to begin with, page by page", async () => {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify([track("One"), track("Two")])));
  const pages: Record<number, object> = { 0: { tracks: [track("Two")], total: 2, next: 1, revision: 4 }, 1: { tracks: [track("Elsewhere")], total: 2, next: null, revision: 4 } };
  const connection = new FakeConnection({ GetFallback: ({ from }) => pages[from as number] });
  const page = await shown(<WhenLoaded of={Fallback} />, { state: room({ fallback: { count: 2, setByUserId: "bob", revision: 4 } }), connection });
  const chosen = async (name: RegExp): Promise<boolean> => ((await page.findByLabelText(name)) as HTMLInputElement).checked;
  assert.deepEqual([await chosen(/^Elsewhere/), await chosen(/^Two/), await chosen(/^One/)], [true, true, false]);
  await click(page.getByLabelText(/^Two/));
  await click(page.getByText("Play these"));
  await page.findByText("1 song plays when nothing is queued.");
  assert.deepEqual(connection.asked.at(2), { method: "SetFallback", body: { tracks: [track("Elsewhere")] } });
  await page.close();
});

test("the way out comes before what somebody wrote about the room, however long that is", async () => {
  const page = await shown(<You />, { state: room({ settings: { name: "Den", isListed: true, description: `first${"\n".repeat(240)}last` } }) });
  const leave = await page.findByText("Leave the room");
  const description = page.getByText(/^first/);
  assert.equal(leave.compareDocumentPosition(description) & Node.DOCUMENT_POSITION_FOLLOWING, Node.DOCUMENT_POSITION_FOLLOWING);
  assert.equal(description.textContent!.includes("last"), false);
  await click(page.getByText("Show all of it"));
  assert.equal(description.textContent!.includes("last"), true);
  await page.close();
});

test("a limit that is refused goes back to what it is", async () => {
  const limits = { songsPerUserMax: 5, minutesPerUserMax: 0, noRepeatMinutes: 0, isVotingOff: false, removesVotedDown: false };
  const connection = new FakeConnection({ SetQueueMode: refused("FORBIDDEN") });
  const page = await shown(<WhenLoaded of={QueueLimits} />, { state: room({ queue: { ...room().queue, limits } }), connection });
  const songs = (await page.findByLabelText(/^Songs of one person/)) as HTMLInputElement;
  await does(() => fireEvent.change(songs, { target: { value: "7" } }));
  await page.findByText("You may not do that in this room.");
  assert.equal(songs.value, "5");
  const voting = page.getByLabelText("Nobody votes on songs") as HTMLInputElement;
  await click(voting);
  assert.equal(voting.checked, false);
  assert.deepEqual(connection.asked.map(({ body }) => body), [{ songsPerUserMax: 7 }, { isVotingOff: true }]);
  await page.close();
});

test("a slow mode that the page would not have offered is shown as it is", async () => {
  const page = await shown(<Settings />, { state: room({ settings: { name: "Den", isListed: true, slowModeSeconds: 42 } }) });
  assert.equal(((await page.findByLabelText("Slow mode")) as HTMLSelectElement).selectedOptions[0]!.text, "A message every 42 seconds");
  await page.close();
});

test("who may invite and not see what the room keeps is shown no invites of others", async () => {
  const roles = { holders: [], succession: [], permissions: { createInvites: "listener" } };
  const connection = new FakeConnection({ ListInvites: refused("FORBIDDEN"), CreateInvite: () => ({ invite: "x.y" }) });
  const page = await shown(<Invites />, { state: room({ roles }), userId: "bob", connection });
  await does(async () => fireEvent.submit((await page.findByText("Make an invite")).closest("form")!));
  assert.equal(((await page.findByLabelText("Send this link:")) as HTMLInputElement).value, "http://room.test/r/den#invite=x.y");
  assert.deepEqual(connection.asked.map(({ method }) => method), ["CreateInvite"]);
  assert.equal(page.queryByRole("alert"), null);
  await page.close();
});

test("a room that was closed is opened again, and a refusal is said beside it", async () => {
  let isRefused = true;
  let reopened = 0;
  const connection = new FakeConnection({ ReopenRoom: () => (isRefused ? refused("USER_QUOTA")() : {}) });
  const page = await show(<Reopen connection={connection.asConnection} roomId="den" onReopened={() => reopened++} />);
  await click(page.getByText("Open it again"));
  await page.findByText("You have as many of these as you may.");
  assert.equal(reopened, 0);
  isRefused = false;
  await click(page.getByText("Open it again"));
  assert.equal(reopened, 1);
  assert.equal(connection.asked[0]!.body.roomId, "den");
  await page.close();
});
