import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

test("what is there for tests is in the page for tests and in no other", async (t) => {
  const hasHook = { production: false, testing: true };
  for (const [mode, expected] of Object.entries(hasHook)) {
    const outDir = mkdtempSync(join(tmpdir(), "whatssound-page-"));
    t.after(() => rmSync(outDir, { recursive: true }));
    await build({ root, mode, logLevel: "silent", build: { outDir, emptyOutDir: true } });
    const scripts = readdirSync(join(outDir, "assets")).filter((file) => file.endsWith(".js"));
    assert.equal(scripts.some((file) => readFileSync(join(outDir, "assets", file), "utf8").includes("__whatssound")), expected, mode);
  }
});

const firstLoadMax = 60 * 1024;

/** What a build has put out: `needs` is what a chunk has to have before it runs, itself and styles among it. */
function measured(output) {
  const chunks = output.filter((file) => file.type === "chunk");
  const sizes = new Map(output.map((file) => [file.fileName, gzipSync(file.type === "chunk" ? file.code : file.source).length]));
  const needs = (chunk, known = new Set()) => {
    if (known.has(chunk.fileName)) return known;
    known.add(chunk.fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) known.add(css);
    for (const name of chunk.imports) needs(chunks.find((one) => one.fileName === name), known);
    return known;
  };
  return {
    chunks,
    needs,
    of: (module) => chunks.find((chunk) => chunk.facadeModuleId?.endsWith(module)),
    bytesOf: (files) => [...files].reduce((sum, file) => sum + sizes.get(file), 0),
  };
}

test("whoever comes by a link is shown the room after less than 60 KB, gzipped, in any language", async (t) => {
  const [{ output }] = [await build({ root, mode: "production", logLevel: "silent", build: { write: false } })].flat();
  const { chunks, of, bytesOf, needs } = measured(output);
  const languages = chunks.filter((chunk) => /web\/src\/text\/\w+\/texts\.ts$/.test(chunk.facadeModuleId ?? ""));
  assert.ok(languages.length >= 2);
  const page = chunks.find((chunk) => chunk.isEntry);
  for (const language of languages) {
    const files = new Set(["index.html", ...[page, of("src/room/RoomPage.tsx"), language].flatMap((chunk) => [...needs(chunk)])]);
    const bytes = bytesOf(files);
    t.diagnostic(`${language.fileName}: ${bytes} bytes in ${files.size} files`);
    assert.ok(bytes < firstLoadMax, `${bytes} bytes with ${language.fileName}`);
  }
});

test("the element for apps is a small script, and its room no more than the page's", async (t) => {
  const [{ output }] = [await build({ root, configFile: join(root, "vite.embed.config.mjs"), mode: "production", logLevel: "silent", build: { write: false } })].flat();
  const { of, bytesOf, needs } = measured(output);
  const script = of("src/embed/element.ts");
  const files = new Set(["src/embed/element.ts", "src/embed/mount.tsx", "src/text/en/texts.ts", "src/text/en/more.ts"].flatMap((module) => [...needs(of(module))]));
  const room = bytesOf(files);
  t.diagnostic(`${bytesOf([script.fileName])} bytes, and ${room} with the room in ${files.size} files`);
  assert.equal(script.fileName, "room.js");
  assert.ok(bytesOf([script.fileName]) < 3 * 1024, `${bytesOf([script.fileName])} bytes`);
  assert.ok(room < firstLoadMax + 8 * 1024, `${room} bytes with the room`);
  assert.deepEqual(output.filter((file) => file.fileName.endsWith(".css")), [], "styles that nobody loads");
});
