import type { ChatChange, ChatMessage, ChatPage, Publication, RoomConnection, RoomState } from "@whatssound/client";
import { Store } from "../../ui/Store";
import { ReadMark } from "./ReadMark";
import { Unsaid } from "./Unsaid";

export type ChatLine = Publication<ChatMessage>;

/** How many lines are kept; beyond it the oldest go, and can be read again. */
export const linesMax = 6_000;

const pageLength = 100;

/** As many lines as are shown, and measured, together. */
const chunkLength = 20;

/** The room's chat as a reader has it: what the connection keeps, and what they have read backward before it. */
export class ChatLog extends Store {
  private taken: readonly ChatLine[] = [];
  private snapshot: number | null = null;
  private grouped: readonly (readonly ChatLine[])[] = [];

  lines: readonly ChatLine[] = [];
  /** What `GetChat` takes as `before` for what was said earlier; null: nothing was. */
  cursor: number | null = null;
  isLoading = false;

  readonly unsaid: Unsaid;
  readonly mark: ReadMark;

  constructor(
    private readonly connection: RoomConnection,
    readonly userId: string,
    readonly roomId: string,
  ) {
    super();
    this.unsaid = new Unsaid(connection, roomId);
    this.mark = new ReadMark(connection, roomId, userId);
    this.unsaid.subscribe(() => this.changed());
    this.mark.subscribe(() => this.changed());
  }

  /** Follows the room until the answer is called. */
  start(): () => void {
    const stops = [
      this.connection.on("room", (room) => this.take(room)),
      this.connection.on("publication", ({ publication }) => publication.event === "chatChanged" && this.amend(publication.data as ChatChange)),
      this.mark.start(),
    ];
    if (this.connection.room) this.take(this.connection.room);
    return () => stops.forEach((stop) => stop());
  }

  /** Lines that stand together; an array that has not changed is the same as before. */
  get chunks(): readonly (readonly ChatLine[])[] {
    return this.grouped;
  }

  /** What others have said since this person has read. */
  get unread(): number {
    let count = 0;
    for (let i = this.lines.length - 1; i >= 0 && this.lines[i]!.offset > this.mark.readTo; i--) if (this.lines[i]!.publisher !== this.userId) count++;
    return count;
  }

  /** The number of the first line that others have said since this person has read; null: none is new to them. */
  get newFrom(): number | null {
    const { newAfter } = this.mark;
    let from: number | null = null;
    if (newAfter === null) return from;
    for (let i = this.lines.length - 1; i >= 0 && this.lines[i]!.offset > newAfter; i--) if (this.lines[i]!.publisher !== this.userId) from = this.lines[i]!.offset;
    return from;
  }

  /** Reads a page backward. */
  async earlier(): Promise<void> {
    if (this.isLoading || this.cursor === null) return;
    const before = this.cursor;
    this.isLoading = true;
    this.changed();
    try {
      const page = (await this.connection.request("GetChat", { roomId: this.roomId, before, limit: pageLength })) as ChatPage;
      if (this.cursor !== before) return;
      this.cursor = page.next;
      this.show([...page.lines.filter((line) => line.offset < before && typeof line.data?.text === "string"), ...this.lines]);
    } finally {
      this.isLoading = false;
      this.changed();
    }
  }

  private take({ chat, chatCursor }: RoomState): void {
    if (chat === this.taken) return;
    const first = chat[0]?.offset ?? 0;
    const isAnew = this.lines.length === 0 || chatCursor !== this.snapshot || (chat.at(-1)?.offset ?? 0) < (this.lines.at(-1)?.offset ?? 0);
    if (isAnew) this.cursor = chatCursor;
    this.snapshot = chatCursor;
    this.taken = chat;
    const all = isAnew ? chat : [...this.lines.filter((line) => line.offset < first), ...chat];
    if (all.length > linesMax) this.cursor = all.at(-linesMax)!.offset;
    this.show(all.slice(-linesMax));
    const last = chat.at(-1)?.offset ?? 0;
    this.unsaid.arrived(last);
    this.mark.arrived(last);
  }

  /** Of the lines that the connection has, it knows itself. */
  private amend({ offset, message }: ChatChange): void {
    if (this.lines.some((line) => line.offset === offset && line.data !== message)) this.show(this.lines.map((line) => (line.offset === offset ? { ...line, data: message } : line)));
  }

  private show(lines: readonly ChatLine[]): void {
    this.lines = lines;
    this.grouped = grouped(lines, this.grouped);
    this.changed();
  }
}

function grouped(lines: readonly ChatLine[], before: readonly (readonly ChatLine[])[]): (readonly ChatLine[])[] {
  const known = new Map(before.map((chunk) => [chunkOf(chunk[0]!), chunk]));
  const chunks: ChatLine[][] = [];
  for (const line of lines) {
    const last = chunks.at(-1);
    if (last && chunkOf(last[0]!) === chunkOf(line)) last.push(line);
    else chunks.push([line]);
  }
  return chunks.map((chunk) => {
    const old = known.get(chunkOf(chunk[0]!));
    return old?.length === chunk.length && chunk.every((line, i) => line === old[i]) ? old : chunk;
  });
}

const chunkOf = (line: ChatLine): number => Math.floor(line.offset / chunkLength);
