import type { DeliveryClass, HistoryPage, Position, PresenceMember, PresenceView, Publication, Recovery } from "../src/protocol/channels.js";

const listedMax = 3;

/** A channel that numbers and remembers, with presence, as one client meets it. Lists three members at most. */
export class FakeChannel {
  log: Publication[] = [];
  epoch = "e1";
  class: DeliveryClass = "ordered";
  /** The highest offset of which nothing is kept any more. */
  forgottenTo = 0;
  isAttached = false;
  readonly members = new Map<string, PresenceMember>();
  private isCrowded = false;

  constructor(
    private readonly name: string,
    private readonly send: (event: "frame" | "lost", content: unknown) => void,
  ) {}

  get head(): Position {
    return { epoch: this.epoch, offset: this.log.length };
  }

  /** A new connection is attached to nothing. */
  onConnected(): void {
    this.isAttached = false;
  }

  /** Publishes as somebody else. */
  say(text: string): void {
    this.publish("said", { text }, "ann", `m${this.log.length + 1}`);
  }

  /** Numbers without delivering. */
  mumble(text: string): void {
    this.number("said", { text }, "ann", `m${this.log.length + 1}`);
  }

  /** The numbering is lost, and begins again. */
  renumber(): void {
    this.epoch += "'";
    this.log = [];
    this.forgottenTo = 0;
  }

  enter(userId: string, info: unknown = null): void {
    const isNew = !this.members.has(userId);
    const member: PresenceMember = { userId, displayName: userId, info, joinedAtMs: this.members.get(userId)?.joinedAtMs ?? this.log.length + 1, isHost: false };
    this.members.set(userId, member);
    this.tellPresence({ joined: isNew ? [member] : [], left: [], updated: isNew ? [] : [member] });
  }

  exit(userId: string): void {
    if (this.members.delete(userId)) this.tellPresence({ joined: [], left: [userId], updated: [] });
  }

  answer(method: string, body: Record<string, unknown>): unknown {
    if (method === "Publish") return { position: this.publish(body["event"] as string, body["data"], "bob", body["id"] as string, body["key"] as string), timeMs: 0 };
    if (method === "GetOccupancy") return { channel: this.name, connections: this.members.size, users: this.members.size, subscribers: this.isAttached ? 1 : 0 };
    if (method === "GetPresence") return this.view;
    if (method === "Subscribe") return this.subscribe(body);
    if (method === "GetHistory") return this.page(body);
    if (!this.isAttached) return "NOT_SUBSCRIBED";
    if (method === "EnterPresence") this.enter("bob", body["info"]);
    if (method !== "EnterPresence") this.exit("bob");
    if (method === "Unsubscribe") this.isAttached = false;
    return method === "EnterPresence" ? this.view : {};
  }

  private get view(): PresenceView {
    const members = [...this.members.values()];
    const isComplete = members.length <= listedMax;
    return { total: members.length, members: isComplete ? members : members.slice(-1), isComplete, activeLastMinute: 0, position: this.head, version: 0 };
  }

  private tellPresence(change: { joined: PresenceMember[]; left: string[]; updated: PresenceMember[] }): void {
    const { members, isComplete, total } = this.view;
    const isBack = this.isCrowded && isComplete;
    this.isCrowded = !isComplete;
    const lists = isComplete ? change : { joined: [], left: [], updated: [] };
    const summary = isComplete ? null : { sample: members, activeLastMinute: 0 };
    this.publish("presence", { ...lists, ...(isBack && { joined: members, left: [], updated: [] }), total, summary, isComplete: isBack }, null, `p${this.log.length + 1}`);
  }

  private subscribe(body: Record<string, unknown>): Recovery {
    this.isAttached = true;
    const since = body["since"] as Position | undefined;
    const answer = { channel: this.name, position: this.head, class: this.class, lostFrom: null, lostTo: null };
    const rewound = (body["rewindCount"] as number | undefined) ?? (this.class === "conflated" ? Infinity : 0);
    if (!since) return { ...answer, verdict: "live", publications: this.newest(rewound > 0 ? this.log.slice(-rewound) : []) };
    if (since.epoch !== this.epoch) return { ...answer, verdict: "lost", publications: [] };
    if (since.offset < this.forgottenTo) return { ...answer, verdict: "lost", lostFrom: since.offset + 1, lostTo: this.forgottenTo, publications: [] };
    return { ...answer, verdict: "recovered", publications: this.newest(this.log.slice(since.offset)) };
  }

  private page({ before = Infinity, after = 0, max = 100, direction }: { before?: number; after?: number; max?: number; direction?: string }): HistoryPage {
    const kept = this.log.filter(({ offset }) => offset > this.forgottenTo && offset < before && offset > after);
    const isForward = direction === "forward";
    const publications = isForward ? kept.slice(0, max) : kept.slice(-max);
    const next = publications.length < kept.length ? (isForward ? publications.at(-1) : publications[0])!.offset : null;
    return { position: this.head, publications, next, isComplete: next !== null || this.forgottenTo <= after };
  }

  /** Of a conflated channel the newest per key. */
  private newest(publications: Publication[]): Publication[] {
    if (this.class === "ordered") return publications;
    return publications.filter((publication, i) => !publications.slice(i + 1).some((later) => later.key === publication.key));
  }

  private publish(event: string, data: unknown, publisher: string | null, id: string, key?: string): Position {
    const previousOffset = this.log.length;
    const publication = this.number(event, data, publisher, id, key);
    const frame = { channel: this.name, epoch: this.epoch, class: this.class, previousOffset, headOffset: this.log.length, publications: [publication] };
    if (this.isAttached) this.send("frame", frame);
    return this.head;
  }

  private number(event: string, data: unknown, publisher: string | null, id: string, key?: string): Publication {
    const publication: Publication = { offset: this.log.length + 1, id, timeMs: 0, publisher, event, data, key: key ?? null };
    this.log.push(publication);
    return publication;
  }
}
