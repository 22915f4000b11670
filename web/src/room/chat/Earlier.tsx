import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useTexts } from "../../language/Language";
import { useStore } from "../../ui/Store";
import { useRun } from "../Tries";
import { useChat } from "./ChatContext";

/** Reads backward: by itself when its reader comes to the beginning of what is there, and by a button. */
export function Earlier({ list }: { list: RefObject<HTMLDivElement | null> }) {
  const { chat } = useTexts();
  const log = useStore(useChat().log);
  const run = useRun();
  const button = useRef<HTMLButtonElement>(null);
  const fromEnd = useRef<number | null>(null);
  const first = log.lines[0]?.offset;

  const load = (): void => {
    const element = list.current!;
    void run(() => log.earlier());
    fromEnd.current = element.scrollHeight - element.scrollTop;
  };

  // What its reader sees stays where it is as lines come in above it.
  useLayoutEffect(() => {
    const element = list.current;
    if (element && fromEnd.current !== null) element.scrollTop = element.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [first]);

  useLayoutEffect(() => {
    if (!button.current) return;
    const observer = new IntersectionObserver((entries) => entries.at(-1)!.isIntersecting && load(), { root: list.current });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [log.cursor, log.isLoading]);

  if (log.cursor === null) return null;
  return (
    <button class="quiet earlier" type="button" ref={button} aria-disabled={log.isLoading} onClick={load}>
      {log.isLoading ? chat.loading : chat.earlier}
    </button>
  );
}
