import { DeviceClock, randomOf } from "../../../clients/typescript/dist/test/links.js";

const looksCount = 40;

/** The real page in a window of its own, on a device whose clock is wrong; what its player does is written down in the page. */
export class PlayingPage {
  static async open(browser, { address, seed, asymmetryMs = 0, everyMs, clockErrorMostMs = 1_000 }) {
    const context = await browser.newContext();
    const clock = new DeviceClock(randomOf(seed));
    const offsetMs = clock.at(0);
    await context.addInitScript(beOnDevice, { offsetMs, rate: (clock.at(1e6) - offsetMs) / 1e6, everyMs, clockErrorMostMs });
    const page = new PlayingPage();
    page.asymmetryMs = asymmetryMs;
    page.#page = await context.newPage();
    await page.#page.goto(address);
    await page.#page.fill("#name", `Device ${seed}`);
    await page.#page.click("button[type=submit]");
    await page.#page.waitForFunction(() => window.__whatssound?.player?.report().isPaused === false);
    await page.#compareClocks();
    return page;
  }

  #page;
  #toOurs = 0;

  /** How far this window's clock is from this program's: of the answer that took the least time. */
  async #compareClocks() {
    let least = Infinity;
    for (let i = 0; i < looksCount; i++) {
      const before = performance.now();
      const theirs = await this.#page.evaluate(() => window.__bench.trueMs());
      const took = performance.now() - before;
      if (took < least) [least, this.#toOurs] = [took, before + took / 2 - theirs];
    }
    this.clockWithinMs = least / 2;
  }

  /** Forgets what was written down. */
  begin() {
    return this.#page.evaluate(() => void (window.__bench.looks.length = 0));
  }

  /** What was written down last, if it was where it wants to be all the while; otherwise null. */
  async settledLooks(count) {
    const looks = await this.#page.evaluate((count) => (window.__bench.isSettled(count) ? window.__bench.looks.slice(-count) : null), count);
    return looks && this.#byOurClock(looks);
  }

  /** What was written down: when by this program's clock, and by how much the sound is ahead of that. */
  async looks() {
    return this.#byOurClock(await this.#page.evaluate(() => window.__bench.looks));
  }

  #byOurClock(looks) {
    return looks.map((look) => ({ ...look, atMs: look.trueMs + this.#toOurs, aheadMs: look.positionMs - look.trueMs - this.#toOurs }));
  }

  close() {
    return this.#page.context().close();
  }
}

/** Runs in the page before all else. */
function beOnDevice({ offsetMs, rate, everyMs, clockErrorMostMs }) {
  const trueMs = performance.now.bind(performance);
  performance.now = () => trueMs() * rate + offsetMs;
  const looks = [];
  // A clock whose probes were all held up may be off by half of what the quickest took, whatever its standard error. Right after a start or a seek the player does not know yet how far off it
  // is, and says null.
  const isRight = ({ rate, errorMs, clockErrorMs }) => rate === 1 && errorMs !== null && Math.abs(errorMs) < 5 && clockErrorMs < clockErrorMostMs;
  const clockErrorOf = ({ errorMs, leastDelayMs }) => errorMs + leastDelayMs / 2;
  window.__bench = { trueMs, looks, isSettled: (count) => looks.length >= count && looks.slice(-count).every(isRight) };
  setInterval(() => {
    const player = window.__whatssound?.player?.report();
    if (player && !player.isPaused) looks.push({ trueMs: trueMs(), positionMs: player.currentTimeMs, rate: player.rate, errorMs: player.errorMs, clockErrorMs: clockErrorOf(window.__whatssound.connection.clock.quality) });
  }, everyMs);
}
