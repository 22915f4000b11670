import type { UserFollows } from "@whatssound/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useRun } from "../Tries";

const storageKey = "whatssound.followed";

export interface Follows {
  /** Null until they are known. */
  users: readonly string[] | null;
  usersMax: number;
  /** What somebody was called when they were followed on this device; the server knows them by their ids. */
  nameOf(userId: string): string | null;
  follow(userId: string, name: string): void;
  unfollow(userId: string): void;
}

/** Whom this person is told of when they play, in whatever room. */
export function useFollows(): Follows {
  const run = useRun();
  const [known, setKnown] = useState<UserFollows | null>(null);
  const read = useCallback(() => void run(async (connection) => setKnown((await connection.request("GetFollows", {})) as UserFollows)), [run]);
  useEffect(read, [read]);
  const ask = async (method: "Follow" | "Unfollow", userId: string): Promise<void> => {
    if (await run((connection) => connection.request(method, { ofUserId: userId }))) read();
  };
  return {
    users: known?.users.map(({ userId }) => userId) ?? null,
    usersMax: known?.usersMax ?? 0,
    nameOf: (userId) => names()[userId] ?? null,
    follow: (userId, name) => {
      const followed = new Set(known?.users.map((user) => user.userId));
      keep({ ...Object.fromEntries(Object.entries(names()).filter(([id]) => followed.has(id))), [userId]: name });
      void ask("Follow", userId);
    },
    unfollow: (userId) => void ask("Unfollow", userId),
  };
}

function names(): Record<string, string | undefined> {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as unknown;
    return typeof kept === "object" && kept !== null ? Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === "string")) : {};
  } catch {
    return {};
  }
}

function keep(all: Record<string, string | undefined>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(all));
  } catch {
    // Where browsers refuse to keep anything, who is followed is shown by their id.
  }
}
