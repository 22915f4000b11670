import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** How far from what is seen items are ready. */
const readyPx = 800;

interface Props {
  /** What scrolls, as a selector of something around it. */
  within: string;
  count: number;
  /** As high as an item may be, for as long as none was shown. */
  guessPx: number;
  /** It is there, however far away. */
  isKept?: boolean;
  children: () => ComponentChildren;
  class?: string;
}

/** A part of a long list that is in the page while a reader is near it, and a gap of its height otherwise: thousands of items cost no more than some. */
export function NearList({ within, count, guessPx, isKept = false, children, class: kind }: Props) {
  const element = useRef<HTMLOListElement>(null);
  const itemPx = useRef(guessPx);
  const shown = useRef(0);
  const [isNear, setIsNear] = useState(isKept);
  useLayoutEffect(() => {
    const observer = new IntersectionObserver((entries) => setIsNear(entries.at(-1)!.isIntersecting), { root: element.current!.closest(within), rootMargin: `${readyPx}px 0px` });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [within]);
  const isThere = isNear || isKept;
  // What goes leaves a gap of its height; of items that came meanwhile, of theirs.
  if (shown.current > 0 && !isThere) itemPx.current = (element.current?.offsetHeight ?? 0) / shown.current || itemPx.current;
  shown.current = isThere ? count : 0;
  return (
    <ol ref={element} class={kind} style={isThere ? undefined : { height: `${itemPx.current * count}px` }}>
      {isThere && children()}
    </ol>
  );
}
