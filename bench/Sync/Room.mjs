import { Histogram } from "./Histogram.mjs";
import { atOneMoment } from "./Listener.mjs";
import { ms } from "./report.mjs";

const ours = "this client";

/** What is seen of the listeners of one path. */
export class Room {
  #pairs = {};
  #off = {};
  #afterStep = {};
  #samples = 0;
  #stepped = new Set();

  constructor(profile, host, listeners) {
    Object.assign(this, { profile, host, listeners });
  }

  /** The host goes somewhere else in the song, or waits a moment. */
  async act(random) {
    const { connection } = this.host;
    const { entryId } = connection.room.playback;
    if (random < 0.5) return connection.seek(entryId, random * 600_000);
    await connection.pause();
    await connection.play();
  }

  /** Where everybody is at one moment, who has heard of the newest change, each by what it knows of the time. */
  look() {
    const newest = this.host.connection.room.playback;
    const serverMs = this.host.connection.clock.nowMs();
    if (newest.status !== "playing" || serverMs < newest.anchorTimeMs + 500) return;
    const positions = this.listeners.map((listener) => listener.positionMs(newest)).filter((position) => position !== null);
    const ideal = this.host.positionMs(newest);
    this.#count(ours, positions.map((position) => position - ideal));
    const others = this.listeners.flatMap((listener) => listener.errorsMs(serverMs));
    for (const name of new Set(others.map((other) => other.name))) this.#count(name, others.filter((other) => other.name === name).map((other) => other.ms));
    this.#samples++;
  }

  #count(name, errors) {
    (this.#pairs[name] ??= new Histogram()).addPairs(errors);
    const off = (this.#off[name] ??= new Histogram());
    for (const error of errors) off.add(Math.abs(error));
  }

  step(byMs) {
    this.listeners.forEach((listener, i) => listener.step(i % 2 === 0 ? byMs : -byMs));
  }

  lookAfterStep() {
    const serverMs = this.host.connection.clock.nowMs();
    const count = (name, error) => (this.#afterStep[name] ??= []).push(Math.abs(error));
    for (const listener of this.listeners) {
      count(ours, listener.connection.clock.nowMs() - listener.asymmetryMs - serverMs);
      for (const { name, ms } of listener.errorsMs(serverMs)) count(name, ms);
    }
  }

  countProbesFromNow() {
    for (const listener of this.listeners) {
      listener.probes = 0;
      listener.besideProbes = {};
    }
  }

  /** How often each asked, at the end of the time that is measured. */
  countProbes(minutes) {
    this.probes = { [ours]: mean(this.listeners.map((listener) => listener.probes)) / minutes };
    const beside = this.listeners.filter((listener) => Object.keys(listener.besideProbes).length > 0);
    for (const name of Object.keys(this.#pairs).filter((name) => name !== ours)) this.probes[name] = mean(beside.map((listener) => listener.besideProbes[name])) / minutes;
  }

  rows() {
    return Object.keys(this.#pairs).map((name) => {
      const stepped = this.#afterStep[name].toSorted((a, b) => a - b);
      const [pairs, off] = [this.#pairs[name], this.#off[name]];
      const sizes = [pairs.percentile(0.5), pairs.percentile(0.99), off.percentile(0.99), stepped[stepped.length >> 1], stepped[Math.floor(stepped.length * 0.95)], stepped.at(-1)];
      return [this.profile, name, this.probes[name].toFixed(1), this.#samples, ...sizes.map(ms)];
    });
  }

  stop() {
    return Promise.all([this.host, ...this.listeners].map((listener) => listener.stop()));
  }
}

export const lookAtAll = (rooms) => atOneMoment(() => rooms.forEach((room) => room.look()));

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
