import "./support/dom";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ladder, leastFor, mayIn, permissions, standsAbove, type Permission } from "../src/room/people/permissions";
import { floors } from "../src/room/roles/floors";
import { room } from "./support/room";

const protocol = readFileSync("../docs/protocol.md", "utf8");

const table = protocol.slice(protocol.indexOf("| Permission | Takes | Floor |"), protocol.indexOf("A host who has left"));
const rows = [...table.matchAll(/^\| (`[^|]+`) \| `(\w+)`(, or host)? \| `(\w+)` \|/gm)];

test("the page knows of each permission what it takes, as the protocol has it", () => {
  const told = rows.flatMap(([, names, takes, host]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => ({ name: name as Permission, takes, isHosts: Boolean(host) })));
  assert.deepEqual(told.map(({ name }) => name).sort(), [...permissions].sort());
  const den = room({ ownerUserId: "ann", hostUserId: "bob" });
  for (const { name, takes, isHosts } of told) {
    assert.equal(leastFor(den, name), takes, name);
    assert.equal(mayIn(den, "bob", name), isHosts || takes === "listener", name);
    assert.equal(mayIn(den, "ann", name), true, name);
  }
});

test("the page offers each permission down to the protocol's floor, and not what is the owner's everywhere", () => {
  const told = rows.flatMap(([, names, , , floor]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => [name!, floor!]));
  const offered = Object.values(floors).flatMap((group) => Object.entries(group));
  assert.deepEqual(Object.fromEntries(offered), Object.fromEntries(told.filter(([, floor]) => floor !== "owner")));
});

test("a room's own permissions count, and a role that the page does not know is none", () => {
  const holders = [{ userId: "dj", role: "dj" }, { userId: "odd", role: "emperor" }];
  const den = room({ roles: { holders, succession: [], permissions: { removeSongs: "dj", vote: "emperor" } } });
  assert.equal(mayIn(den, "dj", "removeSongs"), true);
  assert.equal(mayIn(den, "odd", "removeSongs"), false);
  assert.equal(leastFor(den, "vote"), "listener");
});

test("nobody stands above an equal, a superior or themselves", () => {
  const den = room({ ownerUserId: "owner", roles: { holders: ladder.map((role) => ({ userId: role, role })), succession: [], permissions: {} } });
  for (const [i, one] of ladder.entries()) for (const [j, other] of ladder.entries()) assert.equal(standsAbove(den, one, other), i > j, `${one} ${other}`);
});
