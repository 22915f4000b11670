import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary } from "preact/hooks";
import { useTexts } from "../language/Language";

/** A part of the page that may fail by itself: the others go on, and this one says so. */
export function Part({ name, children }: { name: string; children: ComponentChildren }) {
  const texts = useTexts();
  const [error, reset] = useErrorBoundary((error: unknown) => reportError(error));
  useEffect(() => {
    if (!error) return;
    // It may be that its code could not be loaded.
    addEventListener("online", reset);
    return () => removeEventListener("online", reset);
  }, [error, reset]);
  if (!error) return <>{children}</>;
  return (
    <section class="card panel part-failed" role="alert">
      <p>{texts.problems.partFailed(name)}</p>
      <button class="quiet" type="button" onClick={reset}>
        {texts.problems.showAgain}
      </button>
    </section>
  );
}
