import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";

/** A part of the page that may fail by itself: the others go on, and this one says so. */
export function Part({ name, children }: { name: string; children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary((error: unknown) => reportError(error));
  if (!error) return <>{children}</>;
  return (
    <section class="card panel part-failed" role="alert">
      <p>{name} cannot be shown: something in it went wrong.</p>
      <button class="quiet" type="button" onClick={reset}>
        Show it again
      </button>
    </section>
  );
}
