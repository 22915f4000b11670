import { useEffect, useRef } from "preact/hooks";
import { usePlace } from "../app/Place";
import { movesByKeys } from "./byKeys";

/** The heading at which somebody is who comes to a page of the page's own, also for keys and screen readers. */
export function useArrival(isThere = true) {
  const { isOwnPage } = usePlace();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isOwnPage || !isThere) return;
    title.current?.toggleAttribute("data-by-keys", movesByKeys());
    title.current?.focus();
  }, [isOwnPage, isThere]);
  return title;
}
