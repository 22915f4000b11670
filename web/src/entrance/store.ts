/** The guest that this browser is, as kept from one visit to the next. All tabs of a browser are the same guest. */
export interface Guest {
  name: string;
  /** What proves to the server that a guest is this one; null until the server has made one. */
  secret: string | null;
}

const storageKey = "whatssound.identity";

/** Where browsers refuse to keep anything, as in frames of other sites, it lasts as long as the page. */
let unkept: string | null = null;

export function readGuest(): Guest | null {
  try {
    return guestOf(JSON.parse(read() ?? "null"));
  } catch {
    // Whatever it was, it is nobody: it is replaced when the person gives a name.
    return null;
  }
}

export function keepGuest(guest: Guest): void {
  unkept = JSON.stringify(guest);
  try {
    localStorage.setItem(storageKey, unkept);
  } catch {
    // It is in memory.
  }
}

function read(): string | null {
  if (unkept !== null) return unkept;
  return localStorage.getItem(storageKey);
}

function guestOf(kept: unknown): Guest | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { name, secret } = kept as Record<string, unknown>;
  if (typeof name !== "string" || name.trim() === "" || name.length > 64) return null;
  return { name, secret: typeof secret === "string" ? secret : null };
}
