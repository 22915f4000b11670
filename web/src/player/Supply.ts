import type { Deck } from "./Deck";
import type { Step } from "./Pace";
import type { Trouble } from "./trouble";

const stalledAfterMs = 1_500;
const reloadAfterMs = 20_000;
const shortByMs = 2_000;

/** Whether enough of a song comes, and all of it: what a person is told is wrong with what they should hear. */
export class Supply {
  private starvingSinceMs: number | null = null;

  /** Another song. */
  reset(): void {
    this.starvingSinceMs = null;
  }

  troubleOf(deck: Deck, step: Step, durationMs: number): Trouble | null {
    const starvingMs = this.starvingMs(deck, step);
    if (starvingMs > reloadAfterMs) {
      this.reset();
      deck.again();
    }
    if (step.kind === "over" && step.isShort && deck.audio.duration * 1000 + shortByMs < durationMs) return "short";
    if (deck.trouble === "unseekable") return step.kind === "far" ? "unseekable" : null;
    return deck.trouble ?? (starvingMs > stalledAfterMs ? "stalled" : null);
  }

  private starvingMs({ audio }: Deck, step: Step): number {
    const isStarving = step.kind === "waiting" && !audio.paused && !audio.ended && audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    this.starvingSinceMs = isStarving ? (this.starvingSinceMs ?? performance.now()) : null;
    return this.starvingSinceMs === null ? 0 : performance.now() - this.starvingSinceMs;
  }
}
