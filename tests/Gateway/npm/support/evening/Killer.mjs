export const killsOfAnEvening = 3;

/** The longest that a kill waits after its act has begun; most come much sooner, since most acts are short. */
const waitMostMs = 2_000;

/** Kills an evening's server at points that a seed decides, each some time into an act, and starts it again with the same data. */
export class Killer {
  kills = [];
  act = "";
  #evening;
  #points;
  #work = Promise.resolve();

  constructor(evening, seed, actCount) {
    this.#evening = evening;
    const random = randomOf(seed);
    this.#points = Array.from({ length: killsOfAnEvening }, () => ({ act: Math.floor(random() * actCount), waitMs: waitMostMs ** random() }));
  }

  /** An act begins. */
  hears(act, number) {
    this.act = act;
    for (const { waitMs } of this.#points.filter((point) => point.act === number)) this.#work = this.#work.then(() => this.#kill(act, waitMs));
  }

  /** Resolves when the server runs and will not be killed any more. */
  ends() {
    return this.#work;
  }

  async #kill(act, waitMs) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.kills.push(`${Math.round(waitMs)} ms into "${act}"`);
    await this.#evening.isKilled();
  }
}

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
