import type { TokenSource } from "@whatssound/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

const patienceMs = 10_000;

export const TokenContext = createContext<TokenSource | null>(null);

/** A function that gets a token of this person's, for what is asked of the server beside the connection. */
export function useToken(): () => Promise<string> {
  const source = useContext(TokenContext);
  return () => source!(AbortSignal.timeout(patienceMs));
}
