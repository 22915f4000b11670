import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** The browser's program, or null where there is none. */
export const chromiumFile = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file)) ?? null;

// Without these the browser looks for its maker's servers at each start.
const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function launch(...more) {
  return chromium.launch({ executablePath: chromiumFile, headless: true, args: ["--no-sandbox", "--disable-gpu", "--mute-audio", ...quiet, ...more] });
}
