import type { RoomConnection, RoomState, SanctionKind, SanctionNotice } from "@whatssound/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { mayIn, type Permission } from "./people/permissions";

/** The room as all its parts see it: one state, that of the connection, and who looks at it. */
export interface RoomView {
  connection: RoomConnection;
  room: RoomState;
  userId: string;
  /** Whether this person may do something here; what they may not is not offered. */
  may(permission: Permission): boolean;
  /** What keeps this person from something for a while; undefined: nothing. */
  barred(...kinds: SanctionKind[]): SanctionNotice | undefined;
}

export const RoomContext = createContext<RoomView | null>(null);

export function useRoom(): RoomView {
  const view = useContext(RoomContext);
  if (!view) throw new Error("This belongs in a room.");
  return view;
}

export function viewOf(connection: RoomConnection, room: RoomState, userId: string, sanctions: readonly SanctionNotice[]): RoomView {
  const barred: RoomView["barred"] = (...kinds) => sanctions.find(({ kind }) => kinds.includes(kind as SanctionKind));
  // Who is timed out does nothing, whatever their role, but may read.
  const may: RoomView["may"] = (permission) => mayIn(room, userId, permission) && (permission === "seeRecords" || !barred("timeout"));
  return { connection, room, userId, may, barred };
}
