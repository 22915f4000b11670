import type { RoomConnection } from "@whatssound/client";
import { createContext } from "preact";
import { useCallback, useContext, useMemo, useState } from "preact/hooks";
import { sentenceOf } from "../ui/refusals";

/** What a person can do, with refusals shown rather than thrown. Resolves to whether it was carried out. */
export interface Actions {
  run(action: (connection: RoomConnection) => Promise<unknown>): Promise<boolean>;
}

/** A problem to show; a new one each time, even with the same text. */
export interface Problem {
  text: string;
}

export const ActionsContext = createContext<Actions>({ run: () => Promise.resolve(false) });

export const useRun = (): Actions["run"] => useContext(ActionsContext).run;

export function useActions(connection: RoomConnection): { actions: Actions; problem: Problem | null } {
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback<Actions["run"]>(
    async (action) => {
      try {
        await action(connection);
        return true;
      } catch (error) {
        setProblem({ text: sentenceOf(error) });
        return false;
      }
    },
    [connection],
  );
  return { actions: useMemo(() => ({ run }), [run]), problem };
}
