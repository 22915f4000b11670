import type { Frame, Position, Publication, Recovery } from "../protocol/channels.js";

/** What became of a frame: its new publications, or `gap` when something before it is missing and nothing was taken. */
export type Taken = Publication[] | "gap";

/** Where a client is in one channel. Hands out each publication once, in order, and notices when one is missing. */
export class ChannelCursor {
  constructor(
    readonly channel: string,
    private at: Position,
    /** Whether the server leaves out what was not asked for. */
    private readonly isFiltered = false,
    /** How many publications came twice and were dropped. */
    public duplicates = 0,
  ) {}

  /** The place up to which everything was taken. */
  get position(): Position {
    return this.at;
  }

  /** Whether everything up to a position was taken. */
  covers(position: Position): boolean {
    return position.epoch === this.at.epoch && position.offset <= this.at.offset;
  }

  /** Takes a live frame. One that is conflated or filtered may skip offsets inside, but has to continue the frame before it like any other. */
  take(frame: Frame): Taken {
    if (frame.epoch !== this.at.epoch || frame.previousOffset > this.at.offset) return "gap";
    const fresh = frame.publications.filter((publication) => publication.offset > this.at.offset);
    this.duplicates += frame.publications.length - fresh.length;
    if (frame.class === "ordered" && !this.isFiltered && !continues(fresh, this.at.offset, frame.headOffset)) return "gap";
    this.at = { epoch: this.at.epoch, offset: Math.max(this.at.offset, frame.headOffset) };
    return fresh;
  }

  /** Takes what was missed, from an answer whose verdict is `recovered`. */
  recover(recovery: Recovery): Taken {
    return this.take({
      channel: this.channel,
      epoch: recovery.position.epoch,
      class: recovery.class,
      previousOffset: this.at.offset,
      headOffset: recovery.position.offset,
      publications: recovery.publications,
    });
  }
}

function continues(fresh: Publication[], from: number, head: number): boolean {
  return fresh.every((publication, i) => publication.offset === from + 1 + i) && from + fresh.length >= head;
}
