import type { RoomConnection } from "@whatssound/client";
import { Store } from "../../ui/Store";

const tellMs = 2_000;

/** Up to where this person has read the chat, on all their devices. */
export class ReadMark extends Store {
  private timer = 0;
  private told: number | null = null;
  private last: number | null = null;
  private isLooking = false;

  /** The number of the last line that was read. */
  readTo = 0;
  /** Behind this number the lines are new to the reader; null: none is. */
  newAfter: number | null = null;

  constructor(
    private readonly connection: RoomConnection,
    private readonly roomId: string,
    private readonly userId: string,
  ) {
    super();
  }

  start(): () => void {
    const channel = this.connection.connection.channel(`user:${this.userId}:markers`);
    const listener = ({ event, data }: { event: string | null; data: unknown }): void => {
      const { roomId, offset } = (data ?? {}) as { roomId?: unknown; offset?: unknown };
      if (event === "read" && roomId === this.roomId && typeof offset === "number") this.known(offset);
    };
    void channel.subscribe(listener).catch(() => undefined);
    return () => {
      clearTimeout(this.timer);
      void channel.unsubscribe(listener).catch(() => undefined);
    };
  }

  /** The chat has come to a number. Whoever was never here before has read what they find. */
  arrived(offset: number): void {
    if (this.last === null) this.readTo = offset;
    this.last = offset;
    if (this.isLooking) this.read(offset);
    else if (offset > this.readTo) this.newAfter ??= this.readTo;
  }

  /** The reader has the end of the chat before them, or no longer. */
  look(isLooking: boolean): void {
    if (this.isLooking && !isLooking) this.newAfter = null;
    this.isLooking = isLooking;
    if (isLooking) this.read(this.last ?? 0);
  }

  /** What was new has been answered. */
  forget(): void {
    this.newAfter = null;
    this.changed();
  }

  private read(offset: number): void {
    if (offset <= this.readTo && this.told !== null) return;
    this.readTo = Math.max(this.readTo, offset);
    this.timer ||= window.setTimeout(() => this.tell(), tellMs);
    this.changed();
  }

  /** What another device has read, or this one another time. */
  private known(offset: number): void {
    if (this.told === null && offset < this.readTo) {
      this.newAfter = offset;
      if (!this.isLooking) this.readTo = offset;
    }
    this.told = Math.max(this.told ?? 0, offset);
    this.readTo = Math.max(this.readTo, offset);
    this.changed();
  }

  private tell(): void {
    this.timer = 0;
    if (this.readTo <= (this.told ?? 0)) return;
    this.told = this.readTo;
    void this.connection.hint("MarkRead", { offset: this.readTo });
  }
}
