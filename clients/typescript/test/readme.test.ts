import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Codes that this client gives by itself. */
const own = ["CLOSED", "LEFT"];

test("the README names only codes that the server or the client can give", () => {
  const table = read("../../../../docs/protocol.md").split("## Codes")[1]!.split("\n## ")[0]!;
  const known = new Set([...own, ...[...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((row) => row[1])]);
  const named = [...read("../../README.md").matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map((code) => code[1]!);

  assert.ok(named.length >= 4);
  assert.deepEqual(named.filter((code) => !known.has(code)), []);
});
