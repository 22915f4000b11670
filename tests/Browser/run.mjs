// Runs the browser tests against WHATSSOUND_URL or a server of their own: all, or the files that are named. CHROMIUM is the browser; Debian's by default.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "../Gateway/npm/support/server.mjs";

/** What is heard, and whether a frame is seen, is looked at with the machine to itself; the others run two at a time. */
const alone = new Set(["chat", "controls", "crowded", "evening", "five_pages", "hidden", "listening", "queue", "two_windows", "wrong_clocks"].map((name) => `${name}.test.mjs`));

const folder = new URL(".", import.meta.url);
const isFile = (argument) => argument.endsWith(".test.mjs");
const given = process.argv.slice(2);
const files = given.some(isFile) ? given.filter(isFile) : readdirSync(folder).filter(isFile).sort();
const options = ["--test", "--test-reporter=spec", "--test-force-exit", "--test-timeout=900000", ...given.filter((argument) => !isFile(argument))];

function run(some, concurrency, url) {
  if (some.length === 0) return 0;
  const tests = spawn(process.execPath, [...options, `--test-concurrency=${concurrency}`, ...some], { cwd: folder, env: { ...process.env, WHATSSOUND_URL: url }, stdio: "inherit" });
  return new Promise((resolve) => tests.once("exit", (code) => resolve(code ?? 1)));
}

// The page that is built for tests: it has what they read.
process.env.WHATSSOUND_PAGE ??= fileURLToPath(new URL("../../artifacts/web-testing", import.meta.url));
const server = await startServer();
try {
  const together = await run(files.filter((file) => !alone.has(file)), 2, server.url);
  process.exitCode = (await run(files.filter((file) => alone.has(file)), 1, server.url)) || together;
} finally {
  await server.stop();
}
