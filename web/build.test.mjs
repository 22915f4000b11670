import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
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
