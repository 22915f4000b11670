// Runs the browser tests against WHATSSOUND_URL or a server of their own. CHROMIUM is the browser; Debian's by default.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startServer } from "../Gateway/npm/support/server.mjs";

// The page that is built for tests: it has what they read.
process.env.WHATSSOUND_PAGE ??= fileURLToPath(new URL("../../artifacts/web-testing", import.meta.url));
const server = await startServer();
try {
  const tests = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-force-exit", "--test-timeout=180000", ...process.argv.slice(2), "two_windows.test.mjs", "production.test.mjs"], {
    cwd: new URL(".", import.meta.url),
    env: { ...process.env, WHATSSOUND_URL: server.url },
    stdio: "inherit",
  });
  process.exitCode = await new Promise((resolve) => tests.once("exit", (code) => resolve(code ?? 1)));
} finally {
  await server.stop();
}
