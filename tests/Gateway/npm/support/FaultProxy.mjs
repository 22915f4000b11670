import { connect, createServer } from "node:net";
import { Signal } from "./Signal.mjs";

const isUpgrade = (text) => /^GET \/hub/.test(text) && /^upgrade: websocket/im.test(text);

/** What a proxy does to what comes by: `swallow` it and all that follows on that connection, or `refuse` it with a status. Sides: what the client sends, or the server. */
const faults = {
  "the negotiation": { client: (text) => (isUpgrade(text) ? 400 : /^POST \/hub\/negotiate/.test(text) ? "swallow" : null) },
  "the upgrade": { client: (text) => (isUpgrade(text) ? "swallow" : null) },
  "the handshake": { server: (text) => (text.includes("{}\u001e") ? "swallow" : null) },
  "the token": { client: (text) => (/^POST \/dev\/token/.test(text) ? "swallow" : null) },
  "the answer to Authenticate": { server: (text) => (text.includes('"connectionId"') && text.includes('"expiresAtMs"') ? "swallow" : null) },
  "the answer to JoinRoom": { server: (text) => (text.includes('"recoveries"') ? "swallow" : null) },
  "WebSockets refused": { client: (text) => (isUpgrade(text) ? 400 : null) },
  "WebSockets refused and events buffered": { client: (text) => (isUpgrade(text) ? 400 : /^accept: text\/event-stream/im.test(text) ? "swallow" : null) },
  "another gateway than the one that negotiated": { client: (text) => (/^\w+ \/hub\?id=/.test(text) ? 404 : null) },
};

/** The places where an attempt to connect can hang, in the order in which it comes by them. */
export const holes = Object.keys(faults).slice(0, 6);

/** A TCP proxy before the server that looks at what goes through. A connection of which something was swallowed stays open and dead. */
export class FaultProxy {
  #server;
  #pairs = new Set();
  #fault = null;
  happened = new Signal();
  swallowed = 0;
  negotiations = 0;

  /** Opens a proxy to a server on this machine. */
  static async open(target) {
    const proxy = new FaultProxy(new URL(target));
    await new Promise((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  constructor(target) {
    this.#server = createServer((client) => this.#serve(client, connect(Number(target.port), target.hostname)));
  }

  /** How many connections of clients are open whose last request was to the hub. */
  get hubConnections() {
    return [...this.#pairs].filter((pair) => pair.isHub).length;
  }

  /** Does something to what comes from now on, also on the connections that there are. */
  set(fault) {
    this.#fault = faults[fault];
    if (!this.#fault) throw new Error(`There is no fault '${fault}'.`);
  }

  /** The network is back; connections of which something was swallowed stay dead. */
  restore() {
    this.#fault = null;
  }

  /** Ends all connections without goodbye. */
  cut() {
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.resetAndDestroy();
  }

  close() {
    this.cut();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  until(what, condition, deadlineMs) {
    return this.happened.until(what, () => condition(this), deadlineMs);
  }

  #serve(client, server) {
    const pair = { client, server, isHub: false, isDead: false };
    this.#pairs.add(pair);
    this.#pipe(pair, "client", client, server);
    this.#pipe(pair, "server", server, client);
  }

  #pipe(pair, side, from, to) {
    from.setNoDelay(true);
    from.on("data", (bytes) => {
      const text = bytes.toString("latin1");
      if (side === "client" && /^[A-Z]+ \//.test(text)) pair.isHub = /^[A-Z]+ \/hub/.test(text);
      if (/^POST \/hub\/negotiate/.test(text)) this.negotiations++;
      const outcome = pair.isDead ? "swallow" : this.#fault?.[side]?.(text);
      if (outcome === "swallow") this.#swallow(pair);
      else if (outcome) from.end(`HTTP/1.1 ${outcome} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      else to.write(bytes);
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      to.destroy();
      this.#pairs.delete(pair);
      this.happened.raise();
    });
  }

  #swallow(pair) {
    if (pair.isDead) return;
    pair.isDead = true;
    this.swallowed++;
    this.happened.raise();
  }
}
