import type { More, Texts } from "../text";

const storageKey = "whatssound.language";

/** Each folder of `../text` is a language, and is loaded where it is wanted, in two parts. */
const files = import.meta.glob<Texts>("../text/*/texts.ts", { import: "texts" });
const moreFiles = import.meta.glob<More>("../text/*/more.ts", { import: "more" });

const byCode = <T,>(all: Record<string, () => Promise<T>>) => new Map(Object.entries(all).map(([file, load]) => [file.split("/").at(-2)!, load]));
const loaders = byCode(files);
const moreLoaders = byCode(moreFiles);

/** The languages that there are, by their codes. */
export const languageCodes: readonly string[] = [...loaders.keys()].sort();

export const isLanguage = (code: string): boolean => loaders.has(code);

/** A language, loaded. */
export interface Loaded {
  code: string;
  texts: Texts;
}

export async function loadLanguage(code: string): Promise<Loaded> {
  return { code, texts: await loaders.get(code)!() };
}

export const loadMore = (code: string): Promise<More> => moreLoaders.get(code)!();

/** What a language is called in itself. */
export function nameOfLanguage(code: string): string {
  return new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
}

/** The language that was chosen here, or the first of the browser's that there is. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): string {
  const found = [chosen(), ...wanted].flatMap((tag) => (tag ? [tag, tag.split("-")[0]!] : [])).find((tag) => loaders.has(tag));
  return found ?? "en";
}

export function rememberLanguage(code: string): void {
  try {
    localStorage.setItem(storageKey, code);
  } catch {
    // Where browsers refuse to keep anything it lasts as long as the page.
  }
}

function chosen(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
