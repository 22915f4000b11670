import { setInterval } from "node:timers/promises";

const everyMs = 100;

/** How far apart pages are that hear one song: what they compute, and what their audio elements play. */
export class Agreement {
  #positions = [];
  #sounds = [];
  #moments = 0;
  #silent = 0;

  /** Reads the pages ten times a second, as long as is wanted. */
  async watch(windows, isWanted) {
    for await (const _ of setInterval(everyMs)) {
      if (!isWanted()) return;
      this.#take(await Promise.all(windows.map((window) => window.read())));
    }
  }

  /** Pages are at one place of one timeline where they have the same vector; what they say at different moments is brought to one. */
  #take(pages) {
    const [first] = pages;
    const isOne = ({ vector, roomTimeMs, clock }) => vector?.status === "playing" && clock.samples > 0 && vector.epoch === first.vector?.epoch && vector.revision === first.vector.revision && roomTimeMs > vector.anchorTimeMs && roomTimeMs < vector.anchorTimeMs + vector.durationMs - vector.anchorPositionMs - 200;
    if (!pages.every(isOne)) return;
    this.#moments++;
    this.#positions.push(spread(pages.map((page) => page.positionMs - page.wallMs)));
    if (pages.some(({ audio, vector }) => audio.isPaused || audio.entryId !== vector.entryId)) this.#silent++;
    else this.#sounds.push(spread(pages.map(({ audio, wallMs }) => audio.currentTimeMs - wallMs)));
  }

  /** Milliseconds between the two that are furthest apart. `silent`: the share of moments in which one was not heard yet. */
  get figures() {
    return { moments: this.#moments, positions: percentiles(this.#positions), sounds: percentiles(this.#sounds), silent: this.#silent / this.#moments };
  }
}

const spread = (values) => Math.max(...values) - Math.min(...values);

function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => Math.round(10 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}
