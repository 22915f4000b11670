// Runs the tests of this folder with the plain npm client, against WHATSSOUND_URL or a server of their own. Arguments are passed on to node --test.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { startServer } from "./support/server.mjs";

const here = new URL(".", import.meta.url);
const named = process.argv.slice(2).filter((argument) => argument.endsWith(".test.mjs"));
const options = process.argv.slice(2).filter((argument) => !argument.endsWith(".test.mjs"));
const files = named.length > 0 ? named : readdirSync(here).filter((file) => file.endsWith(".test.mjs"));

const server = await startServer();
try {
  // Most tests wait for most of their time: for a lease, or for a minute without connection.
  const tests = spawn(process.execPath, ["--test", "--test-concurrency=8", "--test-reporter=spec", "--test-force-exit", "--test-timeout=180000", ...options, ...files], {
    cwd: here,
    env: { ...process.env, WHATSSOUND_URL: server.url, WHATSSOUND_SIGNING_KEY: server.signingKey ?? "" },
    stdio: "inherit",
  });
  process.exitCode = await new Promise((resolve) => tests.once("exit", (code) => resolve(code ?? 1)));
} finally {
  await server.stop();
}
