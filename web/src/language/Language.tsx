import { createContext, type ComponentChildren } from "preact";
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { untilDone } from "../app/network";
import type { More, Texts } from "../text";
import { formatIn, type Format } from "./format";
import { loadLanguage, loadMore, rememberLanguage, type Loaded } from "./languages";

/** The language that the page speaks. */
export interface Language {
  code: string;
  texts: Texts;
  format: Format;
  /** Changes it, and remembers it on this device. */
  choose(code: string): void;
}

const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("This belongs in a LanguageProvider.");
  return language;
}

export const useTexts = (): Texts => useLanguage().texts;

const loadedMore = new Map<string, More>();

/** What is read now and then; null until it is loaded. */
export function useMore(): More | null {
  const { code } = useLanguage();
  const [, setCount] = useState(0);
  const more = loadedMore.get(code) ?? null;
  useEffect(() => {
    if (more) return;
    const show = (loaded: More): void => {
      loadedMore.set(code, loaded);
      setCount((count) => count + 1);
    };
    return untilDone(() => loadMore(code).then(show));
  }, [code, more]);
  return more;
}

/** Gives all within it one language, which the person can change. */
export function LanguageProvider({ initial, element = document.documentElement, children }: { initial: Loaded; element?: HTMLElement; children: ComponentChildren }) {
  const [{ code, texts }, setLoaded] = useState(initial);
  const choose = useCallback((wanted: string) => {
    const show = (loaded: Loaded): void => {
      rememberLanguage(wanted);
      setLoaded(loaded);
    };
    // One that cannot be loaded is not shown: the page goes on in the one that it has.
    void loadLanguage(wanted).then(show, () => undefined);
  }, []);
  const language = useMemo<Language>(() => ({ code, texts, format: formatIn(code), choose }), [code, texts, choose]);
  useLayoutEffect(() => void (element.lang = code), [code, element]);
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>;
}
