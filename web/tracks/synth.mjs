import { sampleRate } from "./wav.mjs";

const waves = {
  sine: (phase) => Math.sin(2 * Math.PI * phase),
  triangle: (phase) => 1 - 4 * Math.abs(((phase + 0.25) % 1) - 0.5),
  pulse: (phase) => (phase % 1 < 0.25 ? 0.7 : -0.23),
  glass: (phase) => 0.7 * Math.sin(2 * Math.PI * phase) + 0.2 * Math.sin(6 * Math.PI * phase) + 0.1 * Math.sin(10 * Math.PI * phase),
  organ: (phase) => 0.55 * Math.sin(2 * Math.PI * phase) + 0.3 * Math.sin(4 * Math.PI * phase) + 0.15 * Math.sin(8 * Math.PI * phase),
};

/** A canvas of samples on which notes are laid at beats. Deterministic: its noise has a seed. */
export class Mix {
  #seed = 1;

  constructor(beatsPerMinute, beats) {
    this.beatSeconds = 60 / beatsPerMinute;
    this.samples = new Float64Array(Math.round(beats * this.beatSeconds * sampleRate));
  }

  /** Lays one note. Pitch is in semitones from A4; attack and decay in seconds, the decay being the time to fall to a third. */
  note(beat, pitch, beats, { wave = "sine", gain = 0.2, attack = 0.005, decay = Infinity, release = 0.05, detune = 0 } = {}) {
    const hz = 440 * 2 ** ((pitch + detune) / 12);
    this.#lay(beat, beats, { gain, attack, decay, release }, (t) => waves[wave](hz * t));
  }

  /** Several notes at once. */
  chord(beat, pitches, beats, sound) {
    for (const pitch of pitches) this.note(beat, pitch, beats, sound);
  }

  /** A falling sine: a soft drum. */
  kick(beat, gain = 0.5) {
    this.#lay(beat, 0.5, { gain, attack: 0.002, decay: 0.09, release: 0.05 }, (t) => Math.sin(2 * Math.PI * (46 * t + 3.2 * (1 - Math.exp(-t * 28)))));
  }

  /** A short hiss. */
  hat(beat, gain = 0.06, decay = 0.025) {
    this.#lay(beat, 0.25, { gain, attack: 0.001, decay, release: 0.02 }, () => this.#noise());
  }

  /** Repeats what is there, quieter each time. */
  echo(beats, feedback) {
    const delay = Math.round(beats * this.beatSeconds * sampleRate);
    for (let i = delay; i < this.samples.length; i++) this.samples[i] += feedback * this.samples[i - delay];
    return this;
  }

  /** Takes the edge off: a one-pole low pass. */
  soften(hz) {
    const weight = 1 - Math.exp((-2 * Math.PI * hz) / sampleRate);
    let last = 0;
    for (let i = 0; i < this.samples.length; i++) this.samples[i] = last += weight * (this.samples[i] - last);
    return this;
  }

  /** The samples at a common loudness, faded at both ends. */
  finish(peak = 0.75, fadeSeconds = 0.8) {
    const loudest = this.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
    const fade = fadeSeconds * sampleRate;
    return this.samples.map((sample, i) => (sample / loudest) * peak * Math.min(1, i / (0.02 * sampleRate), (this.samples.length - 1 - i) / fade));
  }

  #lay(beat, beats, { gain, attack, decay, release }, wave) {
    const from = Math.round(beat * this.beatSeconds * sampleRate);
    const held = beats * this.beatSeconds;
    const count = Math.min(this.samples.length - from, Math.round((held + release) * sampleRate));
    for (let i = 0; i < count; i++) {
      const t = i / sampleRate;
      const envelope = Math.min(1, t / attack) * Math.exp(-t / decay) * Math.min(1, (held + release - t) / release);
      this.samples[from + i] += gain * envelope * wave(t);
    }
  }

  #noise() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 31 - 1;
  }
}
