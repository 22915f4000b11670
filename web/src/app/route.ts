import { useEffect, useState } from "preact/hooks";

/** The room in the address, `/r/{id}`; null on the front page. */
export function roomIdOf(path: string): string | null {
  return /^\/r\/([a-z0-9][a-z0-9-]{1,62}[a-z0-9])\/?$/.exec(path)?.[1] ?? null;
}

export function go(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function usePath(): string {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const onChange = (): void => setPath(location.pathname);
    addEventListener("popstate", onChange);
    onChange();
    return () => removeEventListener("popstate", onChange);
  }, []);
  return path;
}
