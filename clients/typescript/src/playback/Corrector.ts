/** What to do to a player that is off by some milliseconds. */
export type Correction = { kind: "none" } | { kind: "rate"; rate: number } | { kind: "seek" };

const deadBandMs = 5;
const seekAboveMs = 100;
const rateMax = 0.015;
const ratePerErrorSecond = 0.5;
const smoothing = 0.3;

/**
 * Keeps a player at the position the room says, for music: under 5 ms nothing, up to 100 ms a change of speed of at most 1.5 %, above that a seek.
 * Works on a smoothed error, since a player's own report of its position is coarse; a single error above 100 ms counts at once.
 */
export class Corrector {
  private smoothed: number | null = null;

  /** The smoothed error in milliseconds; positive when the player is behind. */
  get errorMs(): number {
    return this.smoothed ?? 0;
  }

  /** Forgets the past, after a seek, a stall or another song. */
  reset(): void {
    this.smoothed = null;
  }

  /** Takes one error (wanted less actual position, in milliseconds) and says what to do. */
  correct(errorMs: number): Correction {
    // A clock that is not set yet, or a player without a song.
    if (!Number.isFinite(errorMs)) return { kind: "none" };
    if (Math.abs(errorMs) > seekAboveMs) {
      this.reset();
      return { kind: "seek" };
    }
    this.smoothed = this.smoothed === null ? errorMs : this.smoothed + smoothing * (errorMs - this.smoothed);
    const size = Math.abs(this.smoothed);
    if (size < deadBandMs) return { kind: "none" };
    const change = Math.min(rateMax, (ratePerErrorSecond * size) / 1000);
    return { kind: "rate", rate: 1 + Math.sign(this.smoothed) * change };
  }
}
