import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const bytesMax = 16 * 1024;

test("the library takes less than 16 KB of a page, gzipped, without SignalR", async (t) => {
  const entry = fileURLToPath(new URL("../src/index.js", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: true, target: "es2022", rolldownOptions: { input: entry, external: ["@microsoft/signalr"], preserveEntrySignatures: "strict" } },
  });
  const [output] = [built].flat();
  assert.ok(output && "output" in output);
  const code = output.output.map((file) => ("code" in file ? file.code : "")).join("");
  const bytes = gzipSync(code).length;
  t.diagnostic(`${code.length} bytes, ${bytes} gzipped`);
  assert.ok(code.includes("GetPresence") && bytes < bytesMax, `${bytes} bytes`);
});
