const finest = 1e-4;
const perOctave = 16;
const bins = 600;

/** How often each size came, to within 4 %: hundreds of millions of pairs are too many to keep. What is unknown counts as larger than all. */
export class Histogram {
  #counts = new Float64Array(bins + 1);
  #total = 0;

  get count() {
    return this.#total;
  }

  add(value) {
    this.#counts[Number.isFinite(value) ? Math.min(Math.max(Math.ceil(Math.log2(value / finest) * perOctave), 0), bins - 1) : bins]++;
    this.#total++;
  }

  /** Every difference between two of these. */
  addPairs(values) {
    for (let i = 0; i < values.length; i++) for (let j = 0; j < i; j++) this.add(Math.abs(values[i] - values[j]));
  }

  /** The upper edge of the bin in which this share of all is reached. */
  percentile(share) {
    let left = this.#total * share;
    const bin = this.#counts.findIndex((count) => (left -= count) <= 0);
    return bin < bins ? finest * 2 ** (bin / perOctave) : Infinity;
  }
}
