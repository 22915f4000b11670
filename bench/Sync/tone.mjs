import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sampleRate = 8_000;
const headerBytes = 44;

/** The page that is built for tests, in a folder of its own with a tone as one of the house's songs. */
export function pageWithTone(seconds) {
  const folder = mkdtempSync(join(tmpdir(), "whatssound-page-"));
  cpSync(fileURLToPath(new URL("../../artifacts/web-testing", import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, "tracks/tone.wav"), toneOf(seconds));
  return { folder, song: { url: "/tracks/tone.wav", title: "A tone", artist: "Nobody", durationMs: seconds * 1_000 }, remove: () => rmSync(folder, { recursive: true }) };
}

/** 440 Hz, eight bits. */
function toneOf(seconds) {
  const wave = Buffer.alloc(headerBytes + seconds * sampleRate);
  wave.write("RIFF", 0);
  wave.writeUInt32LE(wave.length - 8, 4);
  wave.write("WAVEfmt ", 8);
  wave.writeUInt32LE(16, 16);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) wave.writeUInt16LE(value, at);
  for (const at of [24, 28]) wave.writeUInt32LE(sampleRate, at);
  wave.write("data", 36);
  wave.writeUInt32LE(wave.length - headerBytes, 40);
  for (let i = headerBytes; i < wave.length; i++) wave[i] = 128 + 60 * Math.sin((i * 2 * Math.PI * 440) / sampleRate);
  return wave;
}
