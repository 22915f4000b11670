import type { more } from "./en/more";
import type { texts } from "./en/texts";

/** The keys that every language has of what is read at first. */
export type Texts = typeof texts;

/** The keys that every language has of what is read now and then. */
export type More = typeof more;
