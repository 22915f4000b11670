const readingsMin = 3;
const readingsMax = 16;
const steadyMs = 2;

/** How often a player is looked at that was just put somewhere. */
export const lookEveryMs = 25;

/** `noiseMs`: what it is known to. */
export interface Landed {
  errorMs: number;
  noiseMs: number;
}

/**
 * Where a player is that was just put somewhere. For as long as its output takes, it says of itself that it is further on than what is heard (in Chromium, by up to 120 ms for some 160 ms), so
 * it is believed once it has said the same a few times; one that never does, since it knows its place only coarsely, by what it said on average.
 */
export class Landing {
  private readings: number[] = [];
  private lastAtMs = -Infinity;

  /** Takes how far off it says that it is at a time; null until that is to be believed. */
  take(errorMs: number, atMs: number): Landed | null {
    // Somebody else looked a moment ago: that says nothing more.
    if (atMs - this.lastAtMs < lookEveryMs / 2) return null;
    this.lastAtMs = atMs;
    this.readings.push(errorMs);
    const last = this.readings.slice(-readingsMin);
    const noiseMs = spread(last);
    if (last.length === readingsMin && noiseMs <= steadyMs) return { errorMs, noiseMs };
    if (this.readings.length < readingsMax) return null;
    const late = this.readings.slice(readingsMax / 2);
    return { errorMs: late.reduce((sum, one) => sum + one, 0) / late.length, noiseMs: spread(late) };
  }
}

const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
