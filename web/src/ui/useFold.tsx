import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useMore } from "../language/Language";

/** A text of more lines than others wrote it for would push everything else away. */
const linesMax = 10;

/** Up to where a text of many lines is shown, and what shows the rest of it; null: there is none. */
export function useFold(text: string): { end: number; fold: JSX.Element | null } {
  const [isWhole, setIsWhole] = useState(false);
  const head = text.split("\n", linesMax).join("\n").length;
  if (head === text.length) return { end: head, fold: null };
  return { end: isWhole ? text.length : head, fold: <Fold isWhole={isWhole} onToggle={() => setIsWhole(!isWhole)} /> };
}

function Fold({ isWhole, onToggle }: { isWhole: boolean; onToggle: () => void }) {
  const more = useMore();
  return (
    <button class="quiet" type="button" aria-expanded={isWhole} onClick={onToggle}>
      {isWhole ? more?.fold.less : more?.fold.more}
    </button>
  );
}
