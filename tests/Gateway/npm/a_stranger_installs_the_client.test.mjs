import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unique } from "./support/rooms.mjs";
import { startServer } from "./support/server.mjs";
import { fetchToken } from "./support/tokens.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const stranger = fileURLToPath(new URL("support/stranger/", import.meta.url));

let server;
let folder;

before(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), "whatssound-stranger-"));
  // It is built already: to build it again would take it away from the tests beside this one.
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], { cwd: join(root, "clients/typescript") });
  const [{ filename }] = JSON.parse(stdout);
  cpSync(stranger, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`], { cwd: folder });
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

test("the package says what it is", () => {
  const read = (file) => readFileSync(join(folder, "node_modules/@whatssound/client", file), "utf8");
  const { private: isPrivate, license, type, sideEffects, types, dependencies } = JSON.parse(read("package.json"));
  assert.deepEqual({ isPrivate, type, sideEffects }, { isPrivate: undefined, type: "module", sideEffects: false });
  assert.ok(license);
  assert.deepEqual(Object.keys(dependencies), ["@microsoft/signalr"]);
  assert.match(read(types), /export { Connection/);
  assert.match(read("README.md"), /npm install/);
});

test("a program of a few lines talks to the server, and ends by itself", async () => {
  const userId = unique("eve");
  const token = await fetchToken(server.url, userId);
  const { stdout } = await run(process.execPath, ["program.mjs", `${server.url}/hub`, token, unique("stranger")], { cwd: folder, timeout: 60_000 });
  assert.deepEqual(JSON.parse(stdout), { verdict: "live", offset: 1, heard: ["hello"], members: [userId], me: userId, chat: ["hi"] });
});

test("a strict program type-checks against it, declarations of the library included", async () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const checked = await run(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch((error) => error);
  assert.equal(checked.stdout, "");
});
