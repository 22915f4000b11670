/** A name as part of an id: `a-z 0-9 -`. */
export function slugOf(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
}

const suffixLetters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Random letters that are not taken for each other. */
export function randomSuffix(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => suffixLetters[byte % suffixLetters.length]).join("");
}

/** A number from 0 up to a bound, the same each time for a text. */
export function hashOf(text: string, bound: number): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return (hash >>> 0) % bound;
}
