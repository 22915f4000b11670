import type { GrantableRole, Receipt, RoomConnection, RoomState } from "@whatssound/client";
import { roleOf } from "../people/permissions";

/** Offers the room to somebody no more, who keeps the role that they have: another one for them ends it, and the same one too. */
export function endOffer(to: RoomConnection, room: RoomState, userId: string): Promise<Receipt> {
  const role = roleOf(room, userId);
  return role === "listener" ? to.act("RevokeRole", { ofUserId: userId }) : to.act("GrantRole", { toUserId: userId, role: role as GrantableRole });
}
