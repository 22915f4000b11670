import { useEffect, useRef } from "preact/hooks";
import { useMore } from "../../language/Language";
import { useRun } from "../Tries";
import { AddByAddress } from "./AddByAddress";
import { AddSeveral } from "./AddSeveral";

/** Adds what is anywhere, one song or several. */
export function ByAddress() {
  const more = useMore();
  const run = useRun();
  const part = useRef<HTMLDivElement>(null);
  // It opens at the end of what scrolls, where nobody would see it.
  useEffect(() => part.current?.scrollIntoView({ block: "nearest" }), [more !== null]);
  if (!more) return null;
  return (
    <div ref={part}>
      <AddByAddress onTrack={(track) => run((connection) => connection.enqueue([track]))} />
      <details>
        <summary>{more.address.several}</summary>
        <AddSeveral />
      </details>
    </div>
  );
}
