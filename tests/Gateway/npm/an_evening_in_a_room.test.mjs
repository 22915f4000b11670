// One evening of real clients in one room, told act by act: a host whose machine dies, a network that comes and goes, a song that cannot be played, and a troll. In the end everything adds up.
import { after, before, describe, test } from "node:test";
import { acts } from "./support/evening/acts.mjs";
import { Evening } from "./support/evening/Evening.mjs";
import * as judge from "./support/evening/judge.mjs";
import { programFile } from "./support/server.mjs";

const skip = programFile() ? false : "the server's program is not built here, so none with short graces can be started";

describe("an evening in a room", { skip }, () => {
  let evening;
  let end;

  before(async () => {
    evening = await Evening.begin();
  });

  after(() => evening?.ends());

  for (const [what, act] of acts) test(what, () => act(evening));

  test("in the end everybody sees the same, and that is what the room is", async (t) => {
    evening.network.ends();
    t.diagnostic(`Dan's network went ${evening.network.flaps} times`);
    end = await judge.everybodySeesTheSame(evening);
  });

  test("INV-Q1, INV-T5: every song is in one place, once", () => judge.everySongIsOnce(evening, end));

  test("INV-Q3: every score is what was voted, without the troll's", () => judge.everyVoteCounts(evening, end));

  test("INV-C1: the chat has no gap, and every word that was acknowledged is in its place", () => judge.everyWordIsInItsPlace(evening));

  test("INV-M1, INV-T3: nobody ever saw two hosts, or anything go back", () => judge.nobodySawWhatCannotBe(evening));

  test("INV-M7, INV-R6: the troll saw nothing of what came after its ban", () => judge.theTrollSawNothing(evening));
});
