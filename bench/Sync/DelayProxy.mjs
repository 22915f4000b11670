// TCP proxies before a server whose messages take as long as over a seeded link, each way; in a thread of its own, so that what the clients do does not hold it up.
import { connect, createServer } from "node:net";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { profiles, randomOf } from "../../clients/typescript/dist/test/links.js";

/** Timers go off up to a millisecond late: the last two are waited for awake. */
const awakeMs = 2;

/** The path of a link. */
export const pathOf = ({ profile, seed }) => profiles[profile](randomOf(seed));

/** Proxies, one for each link ({ profile, seed }); answers their addresses. */
export async function openProxies(target, links) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { target, links } });
  const ports = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  return { urls: ports.map((port) => `http://127.0.0.1:${port}`), close: () => worker.terminate() };
}

/** Does things at their times, to a few hundredths of a millisecond. */
class Due {
  #things = [];
  #timer = null;

  at(ms, what) {
    let i = this.#things.length;
    while (i > 0 && this.#things[i - 1].ms > ms) i--;
    this.#things.splice(i, 0, { ms, what });
    if (i === 0) this.#wake();
  }

  #wake() {
    clearTimeout(this.#timer);
    if (this.#things.length === 0) return;
    const waitMs = this.#things[0].ms - performance.now();
    if (waitMs > awakeMs) this.#timer = setTimeout(() => this.#run(), waitMs - awakeMs);
    else setImmediate(() => this.#run());
  }

  #run() {
    while (this.#things.length > 0 && this.#things[0].ms <= performance.now()) this.#things.shift().what();
    this.#wake();
  }
}

/** Listens on a free port. */
function serve(target, path, due) {
  const server = createServer((inside) => {
    const outside = connect(Number(target.port), target.hostname);
    pass(inside, outside, (atMs) => path.upMs + path.queueing(true, atMs), due);
    pass(outside, inside, (atMs) => path.downMs + path.queueing(false, atMs), due);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}

/** What came in order goes on in order. */
function pass(from, to, delayMs, due) {
  let freeMs = 0;
  from.setNoDelay(true);
  from.on("data", (bytes) => {
    const nowMs = performance.now();
    freeMs = Math.max(freeMs, nowMs + delayMs(nowMs));
    due.at(freeMs, () => to.write(bytes));
  });
  from.on("error", () => to.destroy());
  from.on("close", () => due.at(Math.max(freeMs, performance.now()), () => to.destroy()));
}

if (!isMainThread && workerData?.links) {
  const due = new Due();
  const servers = workerData.links.map((link) => serve(new URL(workerData.target), pathOf(link), due));
  parentPort.postMessage(await Promise.all(servers));
}
