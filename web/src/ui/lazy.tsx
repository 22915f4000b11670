import type { ComponentType } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** A component whose code is loaded when it is first shown. Where it cannot be loaded, the part of the page it belongs to has failed, and tries again when shown again. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [Shown, setShown] = useState(() => known);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    // Other effects run a frame later, and in a tab that nobody sees a second later, for each part within another.
    useLayoutEffect(() => {
      if (Shown) return;
      const onLoaded = (loaded: ComponentType<Props>): void => setShown(() => (known = loaded));
      load().then(onLoaded, (error: unknown) => setFailure({ error }));
    }, [Shown]);
    if (failure) throw failure.error;
    return Shown ? <Shown {...props} /> : null;
  };
}
