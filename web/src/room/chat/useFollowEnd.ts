import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** So near to the end a reader is at it. */
const atEndPx = 60;

/** Less than this is no reader who goes back, but rounding. */
const backPx = 4;

/**
 * Keeps a list at its end, however it grows, is shown or changes its size, until its reader goes back; and answers whether it does, and whether it can be seen at all. Only a reader's own move upward ends it: what comes
 * meanwhile may put the end far away for a moment.
 */
export function useFollowEnd(shown: unknown) {
  const list = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const [isShown, setIsShown] = useState(false);
  const state = useRef({ follows: true, top: 0 }).current;

  const toEnd = (): void => {
    const element = list.current;
    if (!element) return;
    state.follows = true;
    setFollows(true);
    element.scrollTop = element.scrollHeight;
    state.top = element.scrollTop;
  };

  useLayoutEffect(() => {
    const element = list.current!;
    const onSize = (): void => {
      setIsShown(element.clientHeight > 0);
      if (state.follows) toEnd();
    };
    const onScroll = (): void => {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < atEndPx;
      if (isAtEnd) state.follows = true;
      else if (element.scrollTop < state.top - backPx) state.follows = false;
      state.top = element.scrollTop;
      setFollows(state.follows);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    const sizes = new ResizeObserver(onSize);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    return () => {
      element.removeEventListener("scroll", onScroll);
      sizes.disconnect();
    };
  }, []);
  useLayoutEffect(() => void (state.follows && toEnd()), [shown]);
  return { list, follows, isShown, toEnd };
}
