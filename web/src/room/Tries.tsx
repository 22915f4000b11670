import type { RoomConnection } from "@whatssound/client";
import { createContext, type ComponentChildren } from "preact";
import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import { useTexts } from "../language/Language";
import { Icon } from "../ui/Icon";
import { useSentence } from "../ui/problems";
import { useRoom } from "./RoomContext";

/** Carries something out; what is refused is said in the part of the page where it was tried. Resolves to whether it was carried out. */
export type Run = (action: (connection: RoomConnection) => Promise<unknown>) => Promise<boolean>;

const RunContext = createContext<Run>(() => Promise.resolve(false));

export const useRun = (): Run => useContext(RunContext);

/** Long enough to be read; what was refused then need not be so any more. */
const shownMs = 20_000;

/** A part of the room in which something is tried, and above which it is said what was refused, for a while or until something else succeeds. */
export function Tries({ children }: { children: ComponentChildren }) {
  const { connection } = useRoom();
  const { problems } = useTexts();
  const sentenceOf = useSentence();
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);
  const run = useCallback<Run>(
    async (action) => {
      try {
        await action(connection);
        setProblem(null);
        return true;
      } catch (error) {
        setProblem({ error });
        return false;
      }
    },
    [connection],
  );
  useEffect(() => {
    if (!problem) return;
    const timer = setTimeout(() => setProblem(null), shownMs);
    return () => clearTimeout(timer);
  }, [problem]);
  return (
    <RunContext.Provider value={run}>
      {problem && (
        <p class="refused" role="alert">
          <span>{sentenceOf(problem.error)}</span>
          <button class="bare" type="button" aria-label={problems.dismiss} onClick={() => setProblem(null)}>
            <Icon name="close" />
          </button>
        </p>
      )}
      {children}
    </RunContext.Provider>
  );
}
