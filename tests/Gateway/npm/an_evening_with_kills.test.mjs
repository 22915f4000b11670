// The evening again, while the server is killed, kill -9, at points that a seed decides, and started again with the same data. WHATSSOUND_EVENING_KILLS=50 kills that often, over as many evenings as it
// takes; WHATSSOUND_EVENING_SEED is the first evening's seed.
import { describe, test } from "node:test";
import { acts } from "./support/evening/acts.mjs";
import { Evening } from "./support/evening/Evening.mjs";
import * as judge from "./support/evening/judge.mjs";
import { Killer, killsOfAnEvening } from "./support/evening/Killer.mjs";
import { programFile } from "./support/server.mjs";

const kills = Number(process.env.WHATSSOUND_EVENING_KILLS ?? killsOfAnEvening);
const firstSeed = Number(process.env.WHATSSOUND_EVENING_SEED ?? 1);
const skip = programFile() ? false : "the server's program is not built here, so it cannot be killed";

describe("an evening in a room whose server is killed again and again", { skip }, () => {
  for (let seed = firstSeed; (seed - firstSeed) * killsOfAnEvening < kills; seed++) {
    test(`INV-R2, seed ${seed}: clients come back by themselves, and everything acknowledged is there once`, async (t) => {
      const evening = await Evening.begin();
      const killer = new Killer(evening, seed, acts.length);
      try {
        for (const [number, [what, act]] of acts.entries()) {
          killer.hears(what, number);
          await act(evening);
        }
        await killer.ends();
        evening.network.ends();
        const end = await judge.everybodySeesTheSame(evening);
        judge.everySongIsOnce(evening, end);
        judge.everyVoteCounts(evening, end);
        judge.everyWordIsInItsPlace(evening);
        judge.nobodySawWhatCannotBe(evening);
        judge.theTrollSawNothing(evening);
      } catch (error) {
        throw new Error(`Seed ${seed}, during "${killer.act}", after: ${killer.kills.join("; ")}\n${evening.listeners.join("\n")}`, { cause: error });
      } finally {
        await killer.ends();
        t.diagnostic(`killed ${killer.kills.join("; ")}; hosts: ${evening.people.eve?.hosts.map(({ hostUserId }) => hostUserId)}`);
        await evening.ends();
      }
    });
  }
});
