let address: string | null = null;

/** The address of a tenth of a second of nothing. */
export function silence(): string {
  return (address ??= URL.createObjectURL(new Blob([wavOf(new Uint8Array(800).fill(128))], { type: "audio/wav" })));
}

export const samplesPerSecond = 8_000;

/** A mono WAV file of unsigned bytes, 8,000 a second. */
export function wavOf(samples: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, word: string): void => [...word].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  header.setUint32(4, 36 + samples.length, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, samplesPerSecond, true);
  header.setUint32(28, samplesPerSecond, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  text(36, "data");
  header.setUint32(40, samples.length, true);
  const file = new Uint8Array(44 + samples.length);
  file.set(new Uint8Array(header.buffer));
  file.set(samples, 44);
  return file;
}
