const mostMs = 2_000;
const keyPrefix = "whatssound:output:";

/** Where offsets are kept: `localStorage`, or anything like it. It may be full, forbidden or empty. */
export type OffsetStorage = Pick<Storage, "getItem" | "setItem">;

/**
 * How much later than the player says a device is heard, in milliseconds: Bluetooth takes 100 to 300, which no browser tells. Somebody sets it by ear, once per device.
 * A player is to be that much ahead: at `positionAt(vector, clock.nowMs() + offsets.of(device))`.
 */
export class OutputOffsets {
  private readonly known = new Map<string, number>();

  constructor(private readonly storage: OffsetStorage | null = null) {}

  /** Of a device, by whatever tells one from another, such as its `deviceId`; 0 unless it was set. */
  of(device: string): number {
    return this.known.get(device) ?? this.read(device);
  }

  /** Sets it, to 2 s either way at most, and keeps it. */
  set(device: string, ms: number): void {
    const offset = bounded(ms);
    this.known.set(device, offset);
    try {
      this.storage?.setItem(keyPrefix + device, String(offset));
    } catch {
      // It is kept until the page is left.
    }
  }

  private read(device: string): number {
    try {
      return bounded(Number(this.storage?.getItem(keyPrefix + device) ?? 0));
    } catch {
      return 0;
    }
  }
}

function bounded(ms: number): number {
  return Number.isFinite(ms) ? Math.min(Math.max(ms, -mostMs), mostMs) : 0;
}
