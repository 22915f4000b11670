import type { QueueEntry } from "@whatssound/client";

/** Whether somebody has added a song: one of the fallback playlist is nobody's. */
export const isOwn = ({ addedBy, isFallback }: QueueEntry, userId: string): boolean => addedBy === userId && !isFallback;
