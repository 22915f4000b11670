/**
 * What one follower of a channel heard, held against what was published: `heard` the offsets in the order in which they came, `lost` the ranges that verdicts named, `from` the position
 * at which it began, `head` the last offset published.
 */
export function judge({ heard, lost, from, head }) {
  const seen = new Set();
  const faults = { twice: 0, outOfOrder: 0, unexplained: 0, untrue: 0 };
  let last = from;
  for (const offset of heard) {
    if (seen.has(offset)) faults.twice++;
    else if (offset < last) faults.outOfOrder++;
    seen.add(offset);
    last = Math.max(last, offset);
  }
  const isLost = (offset) => lost.some((range) => range.from <= offset && offset <= range.to);
  for (let offset = from + 1; offset <= head; offset++) {
    if (seen.has(offset) && isLost(offset)) faults.untrue++;
    if (!seen.has(offset) && !isLost(offset)) faults.unexplained++;
  }
  return { delivered: [...seen].filter((offset) => offset > from).length, ...faults };
}
