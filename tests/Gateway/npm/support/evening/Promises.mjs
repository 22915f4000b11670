/** What people were promised in a room: everything that was acknowledged, to be held against what is there in the end. */
export class Promises {
  /** Entry id to who added it. */
  songs = new Map();
  /** What was said, by its offset. */
  said = new Map();
  /** `entry user` to the vote. */
  votes = new Map();
  removed = new Set();
  banned = new Set();

  /** A command was carried out: `method` by `userId`, with its receipt. */
  kept(userId, method, request, receipt) {
    if (method === "Enqueue") for (const { entryId } of receipt.songs) if (entryId) this.songs.set(entryId, userId);
    if (method === "SendChat") this.said.set(receipt.position.offset, { text: request.text, userId });
    if (method === "Vote") this.votes.set(`${request.entryId} ${userId}`, request.value);
    if (method === "RemoveEntry") this.removed.add(request.entryId);
    if (method === "Ban") this.banned.add(request.ofUserId);
  }

  /** The score that an entry is to have: its adder's own vote, which is fixed, and the others', without those of who was banned. */
  scoreOf(entryId) {
    const votes = [...this.votes].filter(([key]) => key.startsWith(`${entryId} `) && !this.banned.has(key.slice(entryId.length + 1)));
    return 1 + votes.reduce((sum, [, value]) => sum + value, 0);
  }
}
