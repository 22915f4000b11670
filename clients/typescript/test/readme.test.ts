import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as library from "../src/index.js";

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

const classes = {
  Connection: "connection/Connection",
  Channel: "channels/Channel",
  Presence: "presence/Presence",
  RoomConnection: "rooms/RoomConnection",
  ServerClock: "clock/ServerClock",
  Corrector: "playback/Corrector",
  OutputOffsets: "playback/OutputOffsets",
};

for (const [name, file] of Object.entries(classes)) {
  test(`the README lists what a ${name} has, and nothing else`, () => {
    const listed = read("../../README.md").split(`### \`${name}\`\n`)[1]!.split(/^##/m)[0]!;
    const declared = read(`../src/${file}.d.ts`).split(`declare class ${name} {`)[1]!.split("\n}")[0]!;
    const members = [...declared.matchAll(/^    (?:readonly |get )?(?!private|constructor)(\w+)[(<:]/gm)].map(([, member]) => member);

    assert.ok(members.length >= 2);
    assert.deepEqual([...listed.matchAll(/^- `(\w+)/gm)].map(([, member]) => member).sort(), members.sort());
  });
}

test("the README names each function that an app can call", () => {
  const functions = Object.entries(library).filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name) && name !== "signalRTransport");

  assert.deepEqual(functions.filter(([name]) => !read("../../README.md").includes(`\`${name}\``)), []);
});
