import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Signal } from "./Signal.mjs";

const file = fileURLToPath(new URL("follower.mjs", import.meta.url));

/** A process of its own with the client of this project in it. */
export class FollowerProcess {
  #child;
  happened = new Signal();
  /** What it told last: the state of its connection, the last message of the chat, how many gaps it found. */
  told = { state: "connecting", last: null, gaps: 0 };
  /** What it found when it had stopped. */
  stopped = null;
  /** What it ended with; null while it runs. */
  exitCode = null;

  constructor(url, roomId, userId) {
    this.#child = fork(file, [JSON.stringify({ url, roomId, userId })], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#child.on("message", ({ stopped, ...told }) => {
      if (stopped) this.stopped = stopped;
      else this.told = told;
      this.happened.raise();
    });
    this.#child.on("exit", (code, signal) => {
      this.exitCode = code ?? signal;
      this.happened.raise();
    });
  }

  ask(name) {
    this.#child.send(name);
  }

  /** Waits for a condition; a process that ends meanwhile has failed. */
  async until(what, condition, deadlineMs) {
    await this.happened.until(what, () => this.exitCode !== null || condition(this), deadlineMs);
    if (!condition(this)) throw new Error(`The process ended with ${this.exitCode} before this happened: ${what}`);
  }

  /** Stops the connection and answers what was left then, and what the process ended with. */
  async stop(deadlineMs = 30_000) {
    this.ask("stop");
    await this.until("the connection has stopped", () => this.stopped, deadlineMs);
    await this.happened.until("the process has ended by itself", () => this.exitCode !== null, deadlineMs);
    return { ...this.stopped, exitCode: this.exitCode };
  }

  kill() {
    if (this.exitCode === null) this.#child.kill("SIGKILL");
  }
}
