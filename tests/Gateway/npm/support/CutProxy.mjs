import { connect, createServer } from "node:net";

/** A TCP proxy before the server that can be cut, as when a cable is pulled, or stalled, as when nothing gets through. */
export class CutProxy {
  #server;
  #target;
  #pairs = new Set();
  #isCut = false;
  #isStalled = false;

  /** Opens a proxy to a server on this machine. */
  static async open(target) {
    const proxy = new CutProxy(new URL(target));
    await new Promise((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  constructor(target) {
    this.#target = target;
    this.#server = createServer((inside) => {
      if (this.#isCut) return inside.destroy();
      const outside = connect(Number(this.#target.port), this.#target.hostname);
      const pair = [inside, outside];
      this.#pairs.add(pair);
      for (const [from, to] of [pair, pair.toReversed()]) {
        from.setNoDelay(true);
        from.on("data", (bytes) => to.write(bytes));
        from.on("error", () => to.destroy());
        from.on("close", () => {
          to.destroy();
          this.#pairs.delete(pair);
        });
        if (this.#isStalled) from.pause();
      }
    });
  }

  /** Ends all connections without goodbye, and takes no new ones. */
  cut() {
    this.#isCut = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Takes connections again, for the same server or another. */
  restore(target = this.#target) {
    this.#target = new URL(target);
    this.#isCut = false;
  }

  /** Keeps the connections and lets nothing through. */
  stall() {
    this.#isStalled = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Lets through what waited. */
  release() {
    this.#isStalled = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  close() {
    this.cut();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
