import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { chromiumFile } from "./browser.mjs";
import { within } from "./within.mjs";

const startMostMs = 60_000;
const stopMostMs = 10_000;

/**
 * A browser as people have one: a tab behind another one is hidden, and its timers are held up, the longer it is silent the more. Tools that drive browsers switch that off, so this one is started
 * without them.
 */
export class HiddenTabs {
  static async open() {
    const folder = mkdtempSync(join(tmpdir(), "whatssound-browser-"));
    // After five minutes out of sight in browsers as they are delivered; here at once.
    const throttling = "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1";
    const program = spawn(chromiumFile, ["--headless", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run", "--disable-background-networking", throttling, "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    process.once("exit", () => program.kill());
    const exited = new Promise((resolve) => program.once("exit", resolve));
    const started = new Promise((resolve, reject) => {
      program.once("exit", () => reject(new Error("The browser ended.")));
      createInterface(program.stderr).on("line", (line) => line.includes("DevTools listening on ") && resolve(line.split("DevTools listening on ")[1]));
    });
    const address = await within(startMostMs, "the address of a browser's tools", started);
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    return new HiddenTabs(browser, async () => {
      await browser.close();
      program.kill();
      await within(stopMostMs, "the end of a browser", exited).catch(() => program.kill("SIGKILL") && exited);
      // Its other processes may write for a moment longer.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    });
  }

  constructor(browser, close) {
    this.context = browser.contexts()[0];
    this.close = close;
  }

  /** A tab in front, and hidden once another one is opened. */
  newPage() {
    return this.context.newPage();
  }

  /** Puts an empty tab in front of it. */
  async hide(page) {
    await (await this.context.newPage()).bringToFront();
    await page.waitForFunction(() => document.visibilityState === "hidden", null, { polling: 50 });
  }
}
