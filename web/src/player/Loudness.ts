const storageKey = "whatssound.loudness";

/** How loud songs are on this device. */
export interface Loudness {
  /** 0 to 1. */
  volume: number;
  isMuted: boolean;
}

export function readLoudness(): Loudness {
  try {
    const { volume, isMuted } = JSON.parse(localStorage.getItem(storageKey) ?? "null") as Record<string, unknown>;
    if (typeof volume === "number" && volume >= 0 && volume <= 1) return { volume, isMuted: isMuted === true };
  } catch {
    // Nothing was kept, or nothing that makes sense.
  }
  return { volume: 1, isMuted: false };
}

export function keepLoudness(loudness: Loudness): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(loudness));
  } catch {
    // It lasts as long as the page.
  }
}
