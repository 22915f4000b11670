// What the client's README prints is compiled strictly, and run in Node as it is, against a server with the settings that the README gives.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { programFile, startProcess, temporaryData } from "./support/server.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const readme = readFileSync(join(root, "clients/typescript/README.md"), "utf8");
const printed = "http://127.0.0.1:5080";
const skip = programFile() ? false : "the server's program is not built here";

/** The files that the README prints, by the names that their first lines give. */
const files = Object.fromEntries([...readme.matchAll(/```ts\n(\/\/ (\w+\.ts)\n[^]*?)```/g)].map(([, text, name]) => [name, text]));
const settings = Object.fromEntries([.../^\.\/run (.+)$/m.exec(readme)[1].replaceAll("'", "").matchAll(/--(\S+?)=(\S+)/g)].map(([, key, value]) => [key, value]));
const compilerOptions = { target: "es2022", module: "nodenext", lib: ["es2022", "dom"], types: [], strict: true, noUncheckedIndexedAccess: true, skipLibCheck: false };

const data = temporaryData();
let server;
let folder;

before(async () => {
  if (skip) return;
  server = await startProcess(data, { settings });
  mkdirSync(join(root, "artifacts"), { recursive: true });
  // Below the root, where the package is found by its name.
  folder = mkdtempSync(join(root, "artifacts/readme-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text.replaceAll(printed, server.url));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]).catch(({ stdout }) => assert.fail(stdout));
});

after(async () => {
  await server?.stop();
  data.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("every example has a name, and the address is the one that ./run listens at", () => {
  assert.equal(Object.keys(files).length, [...readme.matchAll(/^```ts$/gm)].length);
  assert.ok(files["server.ts"].includes(printed));
});

test("the example of channels runs as printed", { skip }, async () => {
  const lines = await outputOf("channels.ts");
  const heard = ["said { text: 'hello' }", "note as it is", "null Uint8Array(3) [ 1, 2, 3 ]", "bye {}"];
  const told = ["published at 1", "Ada is here", "1 here, I am Ada", "ada { mood: 'curious' }", "the first was said"];
  assert.deepEqual(lines.filter((line) => heard.includes(line)), heard);
  // Besides, the channel may tell of who came, which is a publication like any other.
  assert.deepEqual(lines.filter((line) => told.includes(line)), told);
});

test("the example of rooms runs as printed, a second time too", { skip }, async () => {
  for (let i = 0; i < 2; i++) {
    const lines = await outputOf("rooms.ts");
    assert.ok(lines.includes("1 here; hello"), lines.join("\n"));
    assert.match(lines.at(-1), /^playing at \d+ s$/);
  }
});

test("the song of the example is one that the server has", { skip }, async () => {
  const [, url, durationMs] = /url: "(\/tracks\/[^"]+)".*durationMs: ([\d_]+)/.exec(files["rooms.ts"]);
  const { songs } = await import("../../../web/tracks/catalog.mjs");
  const song = songs.find(({ id }) => url === `/tracks/${id}.wav`);
  assert.ok(song && files["rooms.ts"].includes(`title: "${song.title}", artist: "${song.artist}"`), url);
  assert.ok(Number(durationMs.replaceAll("_", "")) > 0);
});

test("the example of reads runs as printed", { skip }, async () => {
  const [first, last] = await outputOf("reads.ts");
  assert.match(first, /^owns \d+ rooms of \d+$/);
  // Who has just come is shown from the next tick of presence on.
  assert.match(last, /^0 followed, 0 said, 0 played by 0 and \d+ in the log; [01] connection, 0 songs for when nothing is queued$/);
});

/** Runs an example to its own end; the lines that it writes. */
async function outputOf(name) {
  const { stdout, stderr } = await run(process.execPath, [name.replace(".ts", ".js")], { cwd: folder, timeout: 60_000 });
  assert.equal(stderr, "");
  return stdout.trimEnd().split("\n");
}
