// How well-known players estimate a server's clock, written anew from what their projects describe; none of it is their code. Each has the schedule that it is used with. Where a description
// leaves a number open, the one chosen here is named. Sources: see docs/benchmarks.md.
import { ClockEstimator, ProbeSchedule } from "../../clients/typescript/dist/src/index.js";

const measured = ({ t1, t2, t3, t4 }) => ({ at: (t1 + t4) / 2, offset: (t2 - t1 + (t3 - t4)) / 2, delay: t4 - t1 - (t3 - t2), probe: { t1, t2, t3, t4 } });
const leastDelay = (samples) => samples.reduce((best, sample) => (sample.delay < best.delay ? sample : best));

/** This project's client, with the schedule that it has. */
class WhatsSound {
  #estimator = new ClockEstimator();
  #schedule = new ProbeSchedule();

  delayMs(elapsedMs, random) {
    return this.#schedule.next(elapsedMs, random);
  }

  add(probe, nowMs) {
    const isStep = this.#estimator.add(probe);
    return this.#schedule.afterAnswer(isStep, this.#estimator.isSuspect, nowMs);
  }

  offsetAt(localMs) {
    return this.#estimator.count > 0 ? this.#estimator.offsetAt(localMs) : NaN;
  }
}

/** Jellyfin SyncPlay: three samples a second apart, then one a minute; of the last 8 the one with the least delay. */
class Jellyfin {
  #samples = [];
  #sent = 0;

  delayMs() {
    return this.#sent++ < 3 ? 1_000 : 60_000;
  }

  add(probe) {
    this.#samples = [...this.#samples, measured(probe)].slice(-8);
    return null;
  }

  offsetAt() {
    return this.#samples.length > 0 ? leastDelay(this.#samples).offset : NaN;
  }
}

/** beatsync: 16 samples at 50 ms, then pairs 25 ms apart every 2.5 s; a pair that arrives more than 5 ms closer together or further apart than it was sent is left out; of the last 16 samples the one with the least delay. */
class Beatsync {
  #samples = [];
  #first = null;
  #sent = 0;
  #answered = 0;

  delayMs() {
    const sent = this.#sent++;
    if (sent < 16) return 50;
    return (sent - 16) % 2 === 0 ? 2_475 : 25;
  }

  add(probe) {
    const sample = measured(probe);
    if (this.#answered++ < 16) this.#keep(sample);
    else if (!this.#first) this.#first = sample;
    else this.#pair(this.#first, sample);
    return null;
  }

  #pair(a, b) {
    this.#first = null;
    const changed = b.probe.t2 - a.probe.t2 - (b.probe.t1 - a.probe.t1);
    if (Math.abs(changed) > 5) return;
    this.#keep(a);
    this.#keep(b);
  }

  #keep(sample) {
    this.#samples = [...this.#samples, sample].slice(-16);
  }

  offsetAt() {
    return this.#samples.length > 0 ? leastDelay(this.#samples).offset : NaN;
  }
}

/** Snapcast: 50 samples quickly (chosen: 20 ms apart), then one a second; the median of the last 200. Its buffer is emptied after a minute of silence, which there is none of here. */
class Snapcast {
  #offsets = [];
  #sent = 0;

  delayMs() {
    return this.#sent++ < 50 ? 20 : 1_000;
  }

  add(probe) {
    this.#offsets.push(measured(probe).offset);
    if (this.#offsets.length > 200) this.#offsets.shift();
    return null;
  }

  offsetAt() {
    if (this.#offsets.length === 0) return NaN;
    return [...this.#offsets].sort((a, b) => a - b)[this.#offsets.length >> 1];
  }
}

const burstCount = 8;
const driftNoise = 1e-11 / Math.sqrt(1e-3);

/**
 * Sendspin's time filter, with the defaults and the bursts that its README recommends: every 10 s eight samples, each after the answer to the last, of which the one with the least delay counts. A Kalman
 * filter of offset and drift whose measurements have the error δ / 4; only the drift changes by itself; after 100 samples, a residual above three times that doubles what it thinks it does not know. The drift begins
 * as what the first two samples say, and is used when it is twice its error.
 */
class Sendspin {
  #burst = [];
  #count = 0;
  #at = 0;
  #offset = 0;
  #drift = 0;
  #p = { oo: 0, od: 0, dd: 0 };

  delayMs(elapsedMs) {
    return elapsedMs === 0 ? 0 : 10_000;
  }

  add(probe) {
    this.#burst.push(measured(probe));
    if (this.#burst.length < burstCount) return 1;
    const { at, offset, delay } = leastDelay(this.#burst);
    this.#burst = [];
    this.#take(at - this.#at, offset, Math.max(delay / 4, 1e-3));
    this.#at = at;
    return null;
  }

  #take(since, offset, error) {
    if (this.#count === 0) this.#begin(offset, error);
    else if (this.#count === 1) this.#takeDrift(since, offset, error);
    else this.#update(since, offset, error);
    this.#count++;
  }

  #begin(offset, error) {
    this.#offset = offset;
    this.#p = { oo: error ** 2, od: 0, dd: 0 };
  }

  #takeDrift(since, offset, error) {
    this.#drift = (offset - this.#offset) / since;
    this.#p = { oo: error ** 2, od: 0, dd: (this.#p.oo + error ** 2) / since ** 2 };
    this.#offset = offset;
  }

  #update(since, offset, error) {
    const { oo, od, dd } = this.#p;
    const residual = offset - (this.#offset + this.#drift * since);
    const forget = this.#count >= 100 && Math.abs(residual) > 3 * error ? 4 : 1;
    const p = { oo: forget * (oo + 2 * since * od + since ** 2 * dd), od: forget * (od + since * dd), dd: forget * (dd + driftNoise ** 2 * since) };
    const total = p.oo + error ** 2;
    this.#offset += this.#drift * since + (p.oo / total) * residual;
    this.#drift += (p.od / total) * residual;
    this.#p = { oo: p.oo * (1 - p.oo / total), od: p.od * (1 - p.oo / total), dd: p.dd - p.od ** 2 / total };
  }

  offsetAt(localMs) {
    if (this.#count === 0) return NaN;
    const isKnown = this.#drift ** 2 > 4 * this.#p.dd;
    return this.#offset + (isKnown ? this.#drift * (localMs - this.#at) : 0);
  }
}

export const estimators = { "this client": WhatsSound, Jellyfin, beatsync: Beatsync, Snapcast, Sendspin };
