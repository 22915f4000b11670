// What deploy/README.md prints to sign a token is run as it is, with the server's key in the environment, and shown to the server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Client } from "./support/Client.mjs";
import { startServer } from "./support/server.mjs";

const run = promisify(execFile);
const guide = readFileSync(new URL("../../../deploy/README.md", import.meta.url), "utf8");
const [, command] = /```bash\n(node -e [^]*?)```/.exec(guide);

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

test("the token that the guide signs is one of its user", async (t) => {
  if (!server.signingKey) return t.skip("the server's key is not known here");
  const { stdout } = await run("bash", ["-c", command], { env: { ...process.env, Identity__SigningKey: server.signingKey } });
  const client = await Client.connect(server, "ada", { token: stdout.trim() });
  const { ok, result } = await client.call("Authenticate", { token: stdout.trim() });
  assert.deepEqual([ok, result?.userId, result?.displayName], [true, "ada", "Ada"]);
  assert.ok(result.expiresAtMs > Date.now());
  await client.stop();
});
