import { useEffect, useState } from "preact/hooks";
import type { Problem } from "./actions";

const shownMs = 4_000;

/** Says for some seconds what was refused, or how the connection came back. */
export function Toast({ problem, note }: { problem: Problem | null; note: string | null }) {
  const [shown, setShown] = useState<Problem | null>(null);
  useEffect(() => {
    if (!problem) return;
    setShown(problem);
    const timer = setTimeout(() => setShown(null), shownMs);
    return () => clearTimeout(timer);
  }, [problem]);
  const text = shown?.text ?? note;
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {text && <p class={shown ? "toast toast-problem" : "toast"}>{text}</p>}
    </div>
  );
}
