/** A link to a room, with an invite behind the #, which no browser sends to a server or into its logs. */
export const inviteLink = (origin: string, roomId: string, invite?: string | null): string => `${origin}/r/${roomId}${invite ? `#invite=${encodeURIComponent(invite)}` : ""}`;
