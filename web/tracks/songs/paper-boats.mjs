import { Mix } from "../synth.mjs";

const roots = [-2, -6, -9, -4, -2, -6, -4, -2];
const thirds = [4, 3, 4, 4, 4, 3, 4, 4];
const tune = [10, null, 14, 15, 14, 10, 7, null, 10, 12, null, 10, 14, null, 17, 15, 14, 12, 12, null, 14, 10, null, null];

/** A music box in three-four time, in G. */
export default {
  id: "paper-boats",
  title: "Paper Boats",
  artist: "Clockwork Choir",
  render() {
    const mix = new Mix(104, 54);
    for (let bar = 0; bar < 16; bar++) {
      const root = roots[bar % 8] - 12;
      const third = root + thirds[bar % 8];
      mix.note(bar * 3, root - 12, 2, { wave: "triangle", gain: 0.22, decay: 0.7 });
      for (const beat of [1, 2]) mix.chord(bar * 3 + beat, [third, root + 7], 0.6, { wave: "sine", gain: 0.1, decay: 0.35 });
    }
    tune.forEach((pitch, i) => {
      if (pitch === null) return;
      for (const round of [0, 24]) {
        mix.note(round + i, pitch, 1, { wave: "glass", gain: 0.24, decay: 0.55, release: 0.6 });
        if (round > 0 && i % 3 === 0) mix.note(round + i, pitch + 12, 1, { gain: 0.06, decay: 0.4, release: 0.4 });
      }
    });
    return mix.echo(1, 0.22).soften(6000).finish();
  },
};
