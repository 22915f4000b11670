import { samplesPerSecond, wavOf } from "./silence";

export const clickEveryMs = 1_000;
const count = 60;
const clickMs = 12;

let address: string | null = null;

/** The address of a minute of clicks, one a second. */
export function clicks(): string {
  if (address) return address;
  const samples = new Uint8Array((count * clickEveryMs * samplesPerSecond) / 1000).fill(128);
  for (let click = 0; click < count; click++) {
    const from = (click * clickEveryMs * samplesPerSecond) / 1000;
    for (let i = 0; i < (clickMs * samplesPerSecond) / 1000; i++) samples[from + i] = 128 + 110 * Math.sin(i * 0.9);
  }
  return (address = URL.createObjectURL(new Blob([wavOf(samples)], { type: "audio/wav" })));
}
