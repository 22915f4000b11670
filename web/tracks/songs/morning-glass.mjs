import { Mix } from "../synth.mjs";

const chords = [
  [-9, -5, -2, 2],
  [-12, -9, -5, -2],
  [-7, -4, 0, 3],
  [-14, -10, -7, -3],
];
const pattern = [0, 2, 1, 3, 2, 1, 3, 2];

/** Broken chords of glass over a slow bass, in C. */
export default {
  id: "morning-glass",
  title: "Morning Glass",
  artist: "The Oscillators",
  render() {
    const mix = new Mix(92, 44);
    for (let bar = 0; bar < 10; bar++) {
      const chord = chords[bar % chords.length];
      pattern.forEach((step, i) => {
        const pitch = chord[step] + (bar >= 6 && i % 4 === 3 ? 12 : 0);
        mix.note(bar * 4 + i / 2, pitch, 0.5, { wave: "glass", gain: i % 4 === 0 ? 0.26 : 0.18, decay: 0.5, release: 0.5 });
      });
    }
    mix.echo(0.75, 0.34);
    for (let bar = 0; bar < 10; bar++) mix.note(bar * 4, chords[bar % chords.length][0] - 24, 3.6, { wave: "triangle", gain: 0.3, attack: 0.05, decay: 1.6 });
    return mix.soften(5200).finish();
  },
};
