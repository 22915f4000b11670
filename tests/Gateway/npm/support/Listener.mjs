import { randomUUID } from "node:crypto";

/** Follows one room over any number of connections, and writes down every offset that is missing, double or out of order. */
export class Listener {
  client = null;
  snapshot = null;
  verdicts = [];
  faults = [];
  /** Channel name to what was taken of it, in order, since the last snapshot. */
  taken = new Map();
  /** All frames, as they came. */
  frames = [];
  #positions = new Map();
  #held = null;

  constructor(roomId) {
    this.roomId = roomId;
    this.chat = `room:${roomId}:chat`;
    this.queue = `room:${roomId}:queue`;
    this.main = `room:${roomId}`;
    this.playback = `room:${roomId}:playback`;
  }

  /** Joins through a connection; again through another one, with the positions it has. */
  async join(client, info = { name: client.name }) {
    this.client = client;
    client.onEvent((name, content) => this.client === client && this.#onEvent(name, content));
    this.#held = [];
    const since = this.snapshot ? { since: Object.fromEntries(this.#positions) } : {};
    const join = await client.ask("JoinRoom", { roomId: this.roomId, commandId: randomUUID(), info, ...since });
    this.verdicts.push(join.verdict);
    if (join.snapshot) this.#replace(join.snapshot);
    for (const recovery of join.recoveries) this.#recover(recovery);
    const held = this.#held;
    this.#held = null;
    for (const frame of held) this.#take(frame);
    return this;
  }

  /** The chat as this listener knows it: offset, id and text. */
  get messages() {
    return [...this.snapshot.chat, ...(this.taken.get(this.chat) ?? [])].map(({ offset, id, data }) => ({ offset, id, text: data.text }));
  }

  /** The newest queue. */
  get newestQueue() {
    return this.#newest(this.queue, "queue") ?? this.snapshot.queue;
  }

  /** The newest vector. */
  get vector() {
    return this.#newest(this.playback, "playback") ?? this.snapshot.playback;
  }

  /** The publications of one event of a channel, in order. */
  published(channel, event) {
    return (this.taken.get(channel) ?? []).filter((publication) => publication.event === event);
  }

  /** Waits for a condition on this listener. */
  until(what, condition, deadlineMs) {
    return this.client.happened.until(`${this.client.userId}: ${what}`, () => condition(this), deadlineMs);
  }

  #newest(channel, event) {
    return this.published(channel, event).at(-1)?.data;
  }

  #onEvent(name, content) {
    if (name === "lost") this.faults.push(`lost ${JSON.stringify(content)}`);
    if (name !== "frame") return;
    this.frames.push(content);
    if (this.#held) this.#held.push(content);
    else this.#take(content);
  }

  #replace(snapshot) {
    this.snapshot = snapshot;
    this.taken = new Map();
    this.#positions = new Map(Object.entries(snapshot.positions));
  }

  #recover(recovery) {
    const { channel, position, publications } = recovery;
    const at = this.#positions.get(channel);
    if (recovery.verdict !== "recovered") this.faults.push(`${channel}: ${recovery.verdict} within a recovered join`);
    this.#take({ ...recovery, epoch: position.epoch, previousOffset: at.offset, headOffset: position.offset, publications });
  }

  #take({ channel, epoch, class: kind, previousOffset, headOffset, publications }) {
    const at = this.#positions.get(channel);
    if (!at) return;
    if (epoch !== at.epoch) this.faults.push(`${channel}: epoch ${epoch} after ${at.epoch}`);
    if (previousOffset > at.offset) this.faults.push(`${channel}: gap from ${at.offset} to ${previousOffset}`);
    const taken = this.taken.get(channel) ?? [];
    this.taken.set(channel, taken);
    let { offset } = at;
    for (const publication of publications) {
      const isRight = kind === "ordered" ? publication.offset === offset + 1 : publication.offset > offset;
      if (!isRight) this.faults.push(`${channel}: ${kind} ${publication.offset} after ${offset}`);
      offset = publication.offset;
      taken.push(publication);
    }
    if (kind === "ordered" && headOffset !== offset) this.faults.push(`${channel}: head ${headOffset} after ${offset}`);
    this.#positions.set(channel, { epoch, offset: headOffset });
  }
}
