import { OutputOffsets } from "@whatssound/client";

const usual = "default";

/** What the sound comes out of: how late it is heard there, and whether it has just gone. */
export class Outputs {
  private readonly offsets = new OutputOffsets(storage());
  private devices: string[] = [];
  private current = usual;
  private readonly onChange = (): void => void this.look();

  /** @param changed the output is known, or another one; `isGone`: the one before was taken away, as when headphones are pulled out */
  constructor(private readonly changed: (isGone: boolean) => void) {
    navigator.mediaDevices?.addEventListener("devicechange", this.onChange);
    void this.look();
  }

  /** How much later than the player says songs are heard, in milliseconds. */
  get offsetMs(): number {
    return this.offsets.of(this.current);
  }

  set offsetMs(ms: number) {
    this.offsets.set(this.current, ms);
  }

  stop(): void {
    navigator.mediaDevices?.removeEventListener("devicechange", this.onChange);
  }

  /** Browsers name outputs to pages that may use the microphone; to others all are one, unless their number says more. */
  private async look(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    const outputs = all.filter((device) => device.kind === "audiooutput");
    const devices = outputs.map((device) => device.groupId || device.deviceId);
    const isGone = outputs.length < this.devices.length || this.devices.some((device) => !devices.includes(device));
    this.devices = devices;
    this.current = outputs.find((device) => device.deviceId === usual)?.groupId || outputs[0]?.groupId || usual;
    this.changed(isGone);
  }
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
