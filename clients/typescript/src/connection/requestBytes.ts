import { badField, tooLarge } from "./clientRefusals.js";

/** How many bytes the fields of a request have. Throws the refusal of one that the server would refuse, or end the connection for: too large, or no JSON. */
export function requestBytes(body: object, bytesMax: number): number {
  let bytes = 0;
  for (const [field, value] of Object.entries(body)) bytes += new TextEncoder().encode(jsonOf(field, value)).length;
  if (bytes > bytesMax) throw tooLarge(bytesMax);
  return bytes;
}

/** A field as JSON, which has nothing for some values; throws the refusal of what is none, as a BigInt or a cycle. */
export function jsonOf(field: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw badField(field, error);
  }
}
