import type { Receipt, RoomConnection } from "@whatssound/client";
import { createContext, type ComponentChildren } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { useMore, useTexts } from "../../language/Language";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { useRun } from "../Tries";

/** The room takes it for a minute. */
const offeredMs = 60_000;

/** Does something to the queue, and offers to undo it. */
export type Do = (what: string, action: (connection: RoomConnection) => Promise<Receipt>) => Promise<boolean>;

const DoContext = createContext<Do>(() => Promise.resolve(false));

export const useDo = (): Do => useContext(DoContext);

/** Says what was done last to the queue, and lets it be undone as long as it can be. */
export function Undo({ children }: { children: ComponentChildren }) {
  const { queue } = useTexts();
  const more = useMore();
  const run = useRun();
  const [done, setDone] = useState<{ what: string; operation: number | null } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place, () => () => place.current);
  const act = useCallback<Do>(
    (what, action) =>
      run(async (connection) => {
        const { operation } = await action(connection);
        setDone({ what, operation });
      }),
    [run],
  );
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(null), offeredMs);
    return () => clearTimeout(timer);
  }, [done]);
  const undo = async (operation: number): Promise<void> => {
    if (await run((connection) => connection.act("Undo", { operation }))) setDone({ what: more?.entry.undone ?? "", operation: null });
  };
  return (
    <DoContext.Provider value={act}>
      <div class="undo" role="status" ref={place} tabIndex={-1}>
        {done && (
          <p>
            <bdi>{done.what}</bdi>
            {done.operation !== null && (
              <button class="quiet" type="button" onClick={() => void undo(done.operation!)}>
                {queue.undo}
              </button>
            )}
          </p>
        )}
      </div>
      {children}
    </DoContext.Provider>
  );
}
