import type { Probe } from "../src/index.js";

/** Random numbers that a seed determines (mulberry32, by Tommy Ettinger, public domain). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = () => number;

const between = (random: Random, from: number, to: number): number => from + random() * (to - from);
const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** What one path is made of, each way in milliseconds. */
interface Path {
  upMs: number;
  downMs: number;
  /** What a message waits on its way at a time, on top. */
  queueing(isUp: boolean, atMs: number): number;
}

export type ProfileName = "LAN" | "WAN" | "4G" | "BAD";

/** How paths are: of a wired home, over the internet, by phone, and by a line whose way up is filled in bursts, 27 % of the time. */
export const profiles: Record<ProfileName, (random: Random) => Path> = {
  LAN: (random) => {
    const ms = between(random, 0.1, 0.5);
    return { upMs: ms, downMs: ms, queueing: () => exponential(random, 0.3) };
  },
  WAN: (random) => {
    const ms = between(random, 10, 60);
    return { upMs: ms, downMs: ms, queueing: () => exponential(random, 5) };
  },
  "4G": (random) => {
    const ms = between(random, 20, 50);
    const spike = (): number => (random() < 0.05 ? between(random, 80, 350) : 0);
    return { upMs: ms + between(random, 0, 15), downMs: ms, queueing: () => exponential(random, 7.5) + exponential(random, 7.5) + spike() };
  },
  BAD: (random) => {
    const ms = between(random, 10, 40);
    const bursts = new Bursts(randomOf(random() * 2 ** 32));
    return { upMs: ms, downMs: ms, queueing: (isUp, atMs) => exponential(random, 3) + (isUp && bursts.areAt(atMs) ? between(random, 100, 500) : 0) };
  },
};

/** Times of 1 to 5 s, with pauses of 8 s in the mean. They are the same whenever somebody asks. */
class Bursts {
  private fromMs = 0;
  private toMs = 0;

  constructor(private readonly random: Random) {
    this.next(0);
  }

  areAt(atMs: number): boolean {
    while (atMs >= this.toMs) this.next(this.toMs);
    return atMs >= this.fromMs;
  }

  private next(afterMs: number): void {
    this.fromMs = afterMs + exponential(this.random, 8_000);
    this.toMs = this.fromMs + between(this.random, 1_000, 5_000);
  }
}

/** A device's clock: hours off, too fast or too slow by some 25 ppm, never quite the same, and stepped if somebody steps it. */
export class DeviceClock {
  private readonly offsetMs: number;
  private readonly drift: number;
  private readonly phase: number;
  private readonly steps: { atMs: number; byMs: number }[] = [];

  constructor(random: Random) {
    this.offsetMs = between(random, -3, 3) * 3_600_000;
    this.drift = normal(random) * 25e-6;
    this.phase = random() * 2 * Math.PI;
  }

  step(atMs: number, byMs: number): void {
    this.steps.push({ atMs, byMs });
  }

  /** What it shows at a true time. The wander is 1 ppm at most, with a period of ten minutes. */
  at(trueMs: number): number {
    const wander = 0.1 * Math.sin(trueMs / 95_493 + this.phase);
    return this.steps.reduce((sum, step) => (trueMs >= step.atMs ? sum + step.byMs : sum), trueMs * (1 + this.drift) + this.offsetMs + wander);
  }
}

/** A connection between a device and a server whose clock is the true time. What is sent in order arrives in order, as over TCP. */
export class Link {
  private readonly path: Path;
  private upFreeMs = 0;
  private downFreeMs = 0;

  constructor(
    profile: ProfileName,
    private readonly random: Random,
    readonly clock = new DeviceClock(random),
  ) {
    this.path = profiles[profile](random);
  }

  /** What nobody at either end can see: half of what the way up takes longer than the way down. */
  get asymmetryMs(): number {
    return (this.path.upMs - this.path.downMs) / 2;
  }

  /** A probe sent at a true time, and when it has come back. */
  send(atMs: number): { probe: Probe; backMs: number } {
    this.upFreeMs = Math.max(this.upFreeMs, atMs + this.path.upMs + this.path.queueing(true, atMs));
    const leaveMs = this.upFreeMs + between(this.random, 0.05, 0.3);
    this.downFreeMs = Math.max(this.downFreeMs, leaveMs + this.path.downMs + this.path.queueing(false, leaveMs));
    const probe = { t1: this.clock.at(atMs), t2: this.upFreeMs, t3: leaveMs, t4: this.clock.at(this.downFreeMs) };
    return { probe, backMs: this.downFreeMs };
  }
}

/** What estimates the server's time, and when it wants to ask. */
export interface Estimator {
  /** How long after the last probe the next one is sent. */
  delayMs(elapsedMs: number, random: number): number;
  /** Takes an answer; how long after it to ask again, or null to ask when it is due. */
  add(probe: Probe, nowMs: number): number | null;
  /** Server time less local time at a local time; NaN if unknown. */
  offsetAt(localMs: number): number;
}

/**
 * Lets an estimator probe over a link for a time, and tells at each sample how far off it is: the estimate less the truth, in milliseconds, net of what nobody can
 * see. Answers how many probes were sent.
 */
export function runOver(link: Link, estimator: Estimator, random: Random, untilMs: number, samplesMs: readonly number[], tell: (errorMs: number, i: number) => void): number {
  const answers: ReturnType<Link["send"]>[] = [];
  let sent = 0;
  let sendMs = estimator.delayMs(0, random());
  let sample = 0;
  for (;;) {
    const answerMs = answers[0]?.backMs ?? Infinity;
    const sampleMs = samplesMs[sample] ?? Infinity;
    const nowMs = Math.min(sendMs, answerMs, sampleMs);
    if (nowMs > untilMs) return sent;
    if (nowMs === sampleMs) {
      const local = link.clock.at(nowMs);
      tell(local + estimator.offsetAt(local) - nowMs - link.asymmetryMs, sample++);
    } else if (nowMs === answerMs) {
      const again = estimator.add(answers.shift()!.probe, nowMs);
      if (again !== null) sendMs = nowMs + again;
    } else {
      answers.push(link.send(nowMs));
      sent++;
      sendMs = nowMs + Math.max(estimator.delayMs(nowMs, random()), 1);
    }
  }
}
