import { Mix } from "../synth.mjs";

const chords = [
  [-12, -9, -5, -2],
  [-16, -12, -9, -5],
  [-14, -10, -7, -3],
  [-17, -14, -10, -7],
];
const melody = [
  [0, 7, 1.5],
  [2, 5, 1],
  [3.5, 3, 2],
  [8, 2, 1.5],
  [10, 3, 1],
  [11.5, 5, 3],
];

/** Warm chords, a soft drum and a sparse tune, in A minor. */
export default {
  id: "night-bus",
  title: "Night Bus",
  artist: "Low Lamps",
  render() {
    const mix = new Mix(78, 40);
    melody.forEach(([beat, pitch, beats]) => {
      for (const from of [8, 24]) mix.note(from + beat, pitch, beats, { wave: "triangle", gain: 0.17, attack: 0.03, decay: 1.2, release: 0.3 });
    });
    mix.echo(1.5, 0.3);
    for (let bar = 0; bar < 9; bar++) {
      const chord = chords[bar % chords.length];
      for (const detune of [-0.06, 0.06]) mix.chord(bar * 4, chord, 3.7, { wave: "organ", gain: 0.05, attack: 0.35, release: 0.6, detune });
      mix.note(bar * 4, chord[0] - 12, 1.6, { gain: 0.3, decay: 0.8 });
      mix.note(bar * 4 + 2.5, chord[0] - 12, 1, { gain: 0.22, decay: 0.6 });
      if (bar < 1) continue;
      for (const beat of [0, 2.5]) mix.kick(bar * 4 + beat, 0.42);
      for (let half = 1; half < 8; half += 2) mix.hat(bar * 4 + half / 2, 0.05);
    }
    return mix.soften(3800).finish();
  },
};
