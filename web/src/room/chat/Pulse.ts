import type { Publication, RoomConnection } from "@whatssound/client";
import { Store } from "../../ui/Store";

export interface Count {
  emoji: string;
  count: number;
}

/** What can be said by one touch. */
export const emojis = ["👍", "❤️", "😂", "😮", "🎉", "🔥"] as const;

/** What matters in a room only now: who writes, and reactions. */
export class Pulse extends Store {
  private readonly counts = new Map<number | string, readonly Count[]>();

  /** User ids and names of those who write, this person left out. */
  typing: readonly { userId: string; displayName: string | null }[] = [];

  constructor(
    private readonly connection: RoomConnection,
    private readonly roomId: string,
    private readonly userId: string,
  ) {
    super();
  }

  start(): () => void {
    const channel = this.connection.connection.channel(`room:${this.roomId}:pulse`);
    const listener = (publication: Publication): void => this.take(publication);
    void channel.subscribe(listener).catch(() => undefined);
    return () => void channel.unsubscribe(listener).catch(() => undefined);
  }

  /** Of a message by its number, or of a song by its entry's id. */
  reactionsTo(target: number | string): readonly Count[] {
    return this.counts.get(target) ?? [];
  }

  // All of it is the server's own, in which others have nothing but names and emojis.
  private take({ event, data }: Publication): void {
    if (event === "typing") this.typing = ((data as { members?: Pulse["typing"] }).members ?? []).filter(({ userId }) => userId !== this.userId);
    else if (event === "reactions") {
      const { offset, entryId, counts } = data as { offset: number | null; entryId: string | null; counts: Count[] };
      this.counts.set(offset ?? entryId ?? "", counts);
    } else return;
    this.changed();
  }
}
