import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const focusedNear = (part: HTMLElement): Element | null => (part.getRootNode() as Document | ShadowRoot).activeElement;

/** Where what has the focus goes from the page as its part is rendered anew, the focus stays near. `find` is asked while it is still there, and answers with what finds the next one. */
export function useKeptFocus(part: RefObject<HTMLElement | null>, find: (had: HTMLElement) => () => HTMLElement | null | undefined): void {
  const near = part.current && focusedNear(part.current);
  const had = near && part.current!.contains(near) ? (near as HTMLElement) : null;
  const next = had && find(had);
  useLayoutEffect(() => {
    if (!had || !part.current) return;
    const now = focusedNear(part.current);
    // What is only moved in the page loses it as well.
    if (!now || now === document.body) (had.isConnected ? had : next!())?.focus({ preventScroll: true });
  });
}
