import { useEffect, useState } from "preact/hooks";
import { useLanguage } from "../language/Language";

const tickMs = 1_000;

/** Comes in again, once it is time. */
export function TryAgain({ afterMs, onTry }: { afterMs: number; onTry: () => void }) {
  const { texts, format } = useLanguage();
  const [leftMs, setLeftMs] = useState(afterMs);
  useEffect(() => {
    const untilMs = performance.now() + afterMs;
    const timer = setInterval(() => setLeftMs(Math.max(0, untilMs - performance.now())), tickMs);
    return () => clearInterval(timer);
  }, [afterMs]);
  return (
    <button class="primary" type="button" disabled={leftMs > 0} onClick={onTry}>
      {texts.entrance.tryAgain} {leftMs > 0 && `(${format.duration(leftMs)})`}
    </button>
  );
}
