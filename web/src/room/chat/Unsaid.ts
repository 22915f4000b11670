import type { RoomCommands, RoomConnection } from "@whatssound/client";
import { Problem } from "../../ui/problems";
import { Store } from "../../ui/Store";

type Said = RoomCommands["SendChat"];

/** What this person wants to say, until it stands in the chat. */
export interface UnsaidLine {
  id: number;
  said: Said;
  /** Its number, once the room has it. */
  offset: number | null;
  /** Why it was refused; null while it waits. */
  problem: { error: unknown } | null;
}

/** Keeps what was said and does not stand in the chat yet, over a reload too: it waits, or was refused, and is not lost in either case. */
export class Unsaid extends Store {
  private readonly key: string;
  private lastId = 0;
  private lastOffset = 0;
  lines: readonly UnsaidLine[] = [];

  constructor(
    private readonly connection: RoomConnection,
    roomId: string,
  ) {
    super();
    this.key = `whatssound.unsaid.${roomId}`;
    this.lines = this.kept().map((said) => ({ id: ++this.lastId, said, offset: null, problem: { error: new Problem((texts) => texts.chat.interrupted) } }));
  }

  say(said: Said): void {
    const line: UnsaidLine = { id: ++this.lastId, said, offset: null, problem: null };
    this.show([...this.lines, line]);
    void this.send(line);
  }

  again(line: UnsaidLine): void {
    this.replace(line.id, { problem: null });
    void this.send(line);
  }

  discard(line: UnsaidLine): void {
    this.show(this.lines.filter(({ id }) => id !== line.id));
  }

  /** The chat has come to a number. */
  arrived(offset: number): void {
    this.lastOffset = offset;
    if (this.lines.some((line) => this.stands(line))) this.show(this.lines.filter((line) => !this.stands(line)));
  }

  private async send({ id, said }: UnsaidLine): Promise<void> {
    try {
      const { position } = await this.connection.act("SendChat", said);
      this.replace(id, { offset: position?.offset ?? 0 });
      this.arrived(this.lastOffset);
    } catch (error) {
      this.replace(id, { problem: { error } });
    }
  }

  private stands({ offset }: UnsaidLine): boolean {
    return offset !== null && offset <= this.lastOffset;
  }

  private replace(id: number, change: Partial<UnsaidLine>): void {
    this.show(this.lines.map((line) => (line.id === id ? { ...line, ...change } : line)));
  }

  private show(lines: readonly UnsaidLine[]): void {
    this.lines = lines;
    try {
      sessionStorage.setItem(this.key, JSON.stringify(lines.filter(({ offset }) => offset === null).map(({ said }) => said)));
    } catch {
      // Where browsers refuse to keep anything it lasts as long as the page.
    }
    this.changed();
  }

  private kept(): Said[] {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "[]") as unknown;
      return Array.isArray(kept) ? kept.filter((said: Said | null) => typeof said?.text === "string") : [];
    } catch {
      return [];
    }
  }
}
