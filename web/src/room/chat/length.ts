/** How many characters a message may have. */
export const textMax = 500;

const segmenter = new Intl.Segmenter();

/** As people count characters, and the server does. */
export function lengthOf(text: string): number {
  // No text has more characters than it has code units.
  if (text.length <= textMax / 2) return text.length;
  return [...segmenter.segment(text)].length;
}
