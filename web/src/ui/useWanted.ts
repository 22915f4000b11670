import { useState } from "preact/hooks";

/**
 * What a control shows that asks for a change as soon as it is touched: what is wanted until the change is there or was refused, and then what is so.
 * Who wants something says how it went by a promise.
 */
export function useWanted<T>(value: T): [shown: T, want: (wanted: T, isDone: Promise<boolean>) => void] {
  const [wanted, setWanted] = useState<{ value: T; from: T; isRefused: boolean } | null>(null);
  const want = (next: T, isDone: Promise<boolean>): void => {
    const asked = { value: next, from: value, isRefused: false };
    setWanted(asked);
    // Something new in any case: what is refused before it was rendered would leave the control as it was touched.
    void isDone.then((isCarriedOut) => isCarriedOut || setWanted((known) => (known === asked ? { ...asked, isRefused: true } : known)));
  };
  return [wanted && !wanted.isRefused && wanted.from === value ? wanted.value : value, want];
}
