import { useLayoutEffect, useState } from "preact/hooks";

/** Something that changes, and tells who shows it. */
export class Store {
  private readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** Shows a store as it is, and again after each change. */
export function useStore<S extends Store>(store: S): S {
  const [, setCount] = useState(0);
  useLayoutEffect(() => store.subscribe(() => setCount((count) => count + 1)), [store]);
  return store;
}
