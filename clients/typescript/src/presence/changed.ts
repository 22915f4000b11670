import type { PresenceChanged, PresenceMember } from "../protocol/channels.js";

/** The members after a change: by arrival, or while a channel has too many to list, the sample that stands for them. */
export function changed(members: readonly PresenceMember[], change: PresenceChanged): PresenceMember[] {
  if (change.summary) return change.summary.sample;
  const after = new Map((change.isComplete ? [] : members).map((member) => [member.userId, member]));
  for (const userId of change.left) after.delete(userId);
  for (const member of [...change.joined, ...change.updated]) after.set(member.userId, member);
  return byArrival([...after.values()]);
}

/** In the order in which they came. */
export function byArrival(members: PresenceMember[]): PresenceMember[] {
  return members.sort((a, b) => a.joinedAtMs - b.joinedAtMs || (a.userId < b.userId ? -1 : 1));
}
