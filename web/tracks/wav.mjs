/** Samples a second of all tracks. */
export const sampleRate = 16_000;

const headerBytes = 58;
const formatMuLaw = 7;
const bias = 0x84;
const clip = 32_635;

/** A mono WAV file in µ-law: 8 bits a sample with the range of 14, and any browser plays and seeks it exactly. */
export function wavOf(samples) {
  const bytes = Buffer.alloc(headerBytes + samples.length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(headerBytes - 8 + samples.length, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(18, 16);
  bytes.writeUInt16LE(formatMuLaw, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("fact", 38);
  bytes.writeUInt32LE(4, 42);
  bytes.writeUInt32LE(samples.length, 46);
  bytes.write("data", 50);
  bytes.writeUInt32LE(samples.length, 54);
  for (let i = 0; i < samples.length; i++) bytes[headerBytes + i] = muLawOf(samples[i]);
  return bytes;
}

/** G.711 µ-law of a sample from -1 to 1. */
export function muLawOf(sample) {
  const magnitude = Math.min(clip, Math.abs(Math.round(sample * 32_767))) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
