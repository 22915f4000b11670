import { positionAt, RoomConnection, signalRTransport } from "../../clients/typescript/dist/src/index.js";
import { DeviceClock, randomOf } from "../../clients/typescript/dist/test/links.js";

/** While set, no device's clock moves: what is read of many is of one moment. */
const moment = { ms: null };

export const nowMs = () => moment.ms ?? performance.now();

/** Reads something of many devices at one moment. */
export function atOneMoment(read) {
  moment.ms = performance.now();
  try {
    return read();
  } finally {
    moment.ms = null;
  }
}

/** A client of the library on a device whose clock is wrong; and beside it, on its connection, what others do to know the server's time. */
export class Listener {
  #estimators = [];
  #stopped = false;
  probes = 0;
  besideProbes = {};
  resets = 0;

  constructor({ url, token, seed, asymmetryMs }) {
    const random = randomOf(seed);
    this.clock = new DeviceClock(random);
    this.asymmetryMs = asymmetryMs;
    const environment = { nowMs: () => this.clock.at(nowMs()), after: (ms, call) => after(ms, call), random, newId: () => crypto.randomUUID() };
    this.connection = new RoomConnection({ url: `${url}/hub`, token, environment, transport: this.#countingTransport(`${url}/hub`) });
    this.connection.on("clockReset", () => this.resets++);
  }

  async join(roomId) {
    void this.connection.start();
    await this.connection.join(roomId);
  }

  /** Resolves when the connection was lost, and the room is followed again. */
  whenBack() {
    return new Promise((resolve) => {
      const stop = this.connection.on("recovery", () => {
        stop();
        resolve();
      });
    });
  }

  /** Where the song is, net of what the ways there and back differ by; null while this device has not heard of the newest vector, or it does not play. */
  positionMs(newest) {
    const vector = this.connection.room?.playback;
    if (!vector || vector.epoch !== newest.epoch || vector.revision !== newest.revision) return null;
    return positionAt(vector, this.connection.clock.nowMs() - this.asymmetryMs);
  }

  /** How far off each estimator is that was put beside, given the server's time. */
  errorsMs(serverMs) {
    const local = this.clock.at(nowMs());
    return this.#estimators.map(({ name, estimator }) => ({ name, ms: local + estimator.offsetAt(local) - this.asymmetryMs - serverMs }));
  }

  /** Lets an estimator ask over this connection, by its own schedule. */
  beside(name, estimator) {
    this.#estimators.push({ name, estimator });
    const startedMs = performance.now();
    let cancel = () => {};
    const ask = async () => {
      if (this.#stopped) return;
      plan(Math.max(estimator.delayMs(Math.max(performance.now() - startedMs, 1), Math.random()), 1));
      const t1 = this.clock.at(nowMs());
      this.probes--;
      this.besideProbes[name] = (this.besideProbes[name] ?? 0) + 1;
      try {
        const { t2Us, t3Us } = await this.connection.request("Time", { t1Us: Math.round(t1 * 1_000) });
        const again = estimator.add({ t1, t2: t2Us / 1_000, t3: t3Us / 1_000, t4: this.clock.at(nowMs()) }, performance.now() - startedMs);
        if (again !== null) plan(again);
      } catch {
        // A connection that is lost comes back by itself.
      }
    };
    const plan = (ms) => {
      cancel();
      cancel = after(ms, ask);
    };
    plan(estimator.delayMs(0, Math.random()));
  }

  /** Counts what the library's own clock asks; what is put beside it counts itself. */
  #countingTransport(url) {
    const real = signalRTransport(url);
    return (events) => {
      const transport = real(events);
      const invoke = transport.invoke.bind(transport);
      transport.invoke = (method, request) => {
        if (method === "Time") this.probes++;
        return invoke(method, request);
      };
      return transport;
    };
  }

  step(byMs) {
    this.clock.step(performance.now(), byMs);
  }

  stop() {
    this.#stopped = true;
    return this.connection.stop();
  }
}

function after(ms, call) {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
