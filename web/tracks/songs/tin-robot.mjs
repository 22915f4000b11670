import { Mix } from "../synth.mjs";

const roots = [-12, -12, -4, -7];
const hook = [0, 0, 3, 7, 5, 3, 0, -2, 0, 3, 5, 3, 10, 7, 5, 3];

/** A small machine that dances, in A minor. */
export default {
  id: "tin-robot",
  title: "Tin Robot",
  artist: "Eight Bit Orchard",
  render() {
    const mix = new Mix(124, 50);
    for (let bar = 0; bar < 12; bar++) {
      const root = roots[bar % roots.length];
      for (let half = 0; half < 8; half++) {
        mix.note(bar * 4 + half / 2, root - 12 + (half % 2) * 12, 0.4, { wave: "triangle", gain: 0.26, decay: 0.3 });
        mix.hat(bar * 4 + half / 2 + 0.25, half % 2 ? 0.05 : 0.03);
      }
      for (const beat of [0, 1, 2, 3]) mix.kick(bar * 4 + beat, beat % 2 ? 0.3 : 0.45);
      if (bar < 2) continue;
      hook.forEach((pitch, i) => {
        if ((i + bar) % 5 !== 4) mix.note(bar * 4 + i / 4, pitch + (bar >= 8 ? 12 : 0), 0.22, { wave: "pulse", gain: 0.11, decay: 0.18 });
      });
    }
    return mix.echo(0.75, 0.18).soften(5000).finish();
  },
};
