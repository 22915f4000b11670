// The evening of a room in real browsers: by pointer, with pictures in artifacts/screens/evening, or with WHATSSOUND_EVENING=keys by keys alone, which takes twice as long. Controls are found by the roles and
// names that readers announce.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromiumFile } from "./support/browser.mjs";
import { acts } from "./support/evening/acts.mjs";
import { Keys, Pointer } from "./support/evening/hands.mjs";
import { Party } from "./support/evening/Party.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

const isByKeys = process.env.WHATSSOUND_EVENING === "keys";
const [how, Hand, keepsPictures] = isByKeys ? ["by keys alone", Keys, false] : ["by pointer", Pointer, true];

describe(`an evening in a room, ${how}`, { skip }, () => {
  let evening;
  let failed = null;

  /** What follows an act that failed says nothing. */
  const act = (what, does) =>
    test(what, async (t) => {
      if (failed) return t.skip(`not tried: ${failed}`);
      failed = what;
      await does(evening);
      failed = null;
    });

  before(async () => {
    evening = await Party.begin(Hand, { keepsPictures });
  });

  after(() => evening?.ends());

  for (const [what, does] of acts) act(what, does);

  act("in the end everybody sees the same", async () => {
    evening.network.ends();
    const seen = ({ room }) => JSON.stringify([room.memberTotal, room.hostUserId, room.playback.entryId, room.queue.window.map(({ entryId, score }) => [entryId, score]), room.chat.map(({ data }) => data.text)]);
    await evening.everybody((guest) => guest.until("the network is there", ({ link }) => link === "live"));
    // What is conflated comes within half a second, where the machine has the time.
    const untilMs = performance.now() + 60_000;
    for (;;) {
      const all = await Promise.all(evening.friends.map(async (guest) => seen(await guest.read())));
      if (all.every((one) => one === all[0])) break;
      if (performance.now() > untilMs) assert.deepEqual(all, all.map(() => all[0]));
    }
  });

  act("Ann closes the room, and everybody reads why", async () => {
    const ann = evening.people.Ann;
    await ann.opensMenu("Settings");
    await ann.press("button", "Close the room");
    await ann.write("textbox", "Reason, if there is one", "it is late");
    await ann.press("button", "Close it now");
    await evening.everybody((guest) => guest.sees("This room is closed. Reason: it is late"));
    await ann.pictures("closed");
  });

  test("no page had an error", () => assert.deepEqual(Object.values(evening.people).flatMap(({ errors }) => errors), []));
});
