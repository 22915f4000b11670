// Renders the songs to public/tracks/, with catalog.json beside them: what a client sends to add one of them.
import { mkdirSync, writeFileSync } from "node:fs";
import { songs } from "./catalog.mjs";
import { sampleRate, wavOf } from "./wav.mjs";

const folder = new URL("../public/tracks/", import.meta.url);
mkdirSync(folder, { recursive: true });

const catalog = songs.map((song) => {
  const samples = song.render();
  writeFileSync(new URL(`${song.id}.wav`, folder), wavOf(samples));
  return { url: `/tracks/${song.id}.wav`, title: song.title, artist: song.artist, durationMs: Math.floor((samples.length / sampleRate) * 1000) };
});

writeFileSync(new URL("catalog.json", folder), JSON.stringify(catalog, null, 2));
