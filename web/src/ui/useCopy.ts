import { useEffect, useRef, useState } from "preact/hooks";

const shownMs = 2_000;

/** Copies text; `field` is what shows it where a page may not copy by itself, as on a home network without TLS: then it is selected, and copied if the browser lets it. */
export function useCopy() {
  const [isCopied, setIsCopied] = useState(false);
  const [byHand, setByHand] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  useEffect(() => {
    if (byHand === null) return;
    field.current?.select();
    setIsCopied(document.execCommand("copy"));
  }, [byHand]);
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setIsCopied(true);
    } catch {
      setByHand(text);
    }
  };
  return { isCopied, byHand, field, copy, done: () => setByHand(null) };
}
