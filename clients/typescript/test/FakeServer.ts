import { FakeChannel } from "./FakeChannel.js";
import type { Transport, TransportEvents } from "../src/connection/Transport.js";
import type { Frame, Position, Publication } from "../src/protocol/channels.js";
import type { Join, Snapshot } from "../src/protocol/rooms.js";

export const chatChannel = "room:den:chat";

/** More of a refusal than its code. */
export interface Refused {
  code: string;
  retryable?: boolean;
  retryAfterMs?: number | null;
  detail?: string | null;
}

/** A hub with one room whose chat is real enough to follow: numbered, remembered, recoverable. */
export class FakeServer {
  /** What methods answer that it knows nothing of. */
  readonly answers: Record<string, unknown> = {};
  readonly requests: { method: string; body: Record<string, unknown> }[] = [];
  readonly log: Publication[] = [];
  epoch = "e1";
  /** Set to keep an answer back: the request is carried out, the answer waits. */
  holdAnswers: ((method: string) => Promise<void>) | null = null;
  /** Set to refuse: with a code, or with one whose refusal says more. */
  refuse: ((method: string, body: Record<string, unknown>) => string | Refused | null) | null = null;
  /** Set to make connecting fail. */
  isDown = false;
  /** Set to have the address answer that, and no hub. */
  downWith: number | undefined;
  /** Set to let no connection finish to stop, as with a goodbye that is never answered. */
  neverStops = false;
  /** How many connections were tried, how many were made, and how many of these are open. */
  attempts = 0;
  connections = 0;
  openConnections = 0;
  /** By how much this server's clock is ahead of the client's. */
  aheadMs = 5_000_000;
  /** How long a token lives, by this server's clock. */
  tokenLifeMs = 3_600_000;
  /** Whether what was missed is still there. */
  canRecover = true;
  private socket: TransportEvents | null = null;
  private hole: Promise<void> | null = null;
  private letThrough = (): void => undefined;
  private readonly effects = new Map<string, unknown>();
  private readonly channels = new Map<string, FakeChannel>();
  /** The rooms that the connection is in. */
  private readonly joined = new Set<string>();

  /** @param time where this server's clock comes from; it is 5,000 s ahead, and has nothing to do with the clock of this machine. */
  constructor(private readonly time: { nowMs(): number }) {}

  /** Set to let no connection open; what waits goes on when it is unset. */
  set isBlackHole(value: boolean) {
    this.letThrough();
    this.hole = value ? new Promise((resolve) => (this.letThrough = resolve)) : null;
  }

  get clockMs(): number {
    return this.time.nowMs() + this.aheadMs;
  }

  /** What was asked, in order, but for the time. */
  get methods(): string[] {
    return this.requests.map((request) => request.method).filter((method) => method !== "Time");
  }

  /** How often something was asked. */
  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  /** A channel besides the room's. */
  channel(name: string): FakeChannel {
    const channel = this.channels.get(name) ?? new FakeChannel(name, (event, content) => this.send(event, content));
    this.channels.set(name, channel);
    return channel;
  }

  /** Lets a method have no answer until the answer's function is called. */
  hold(method: string): () => void {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    this.holdAnswers = (asked) => (asked === method ? held : Promise.resolve());
    return () => {
      this.holdAnswers = null;
      release();
    };
  }

  readonly transport = (events: TransportEvents): Transport => {
    let isOpen = false;
    let isStopped = false;
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => (abort = () => reject(new Error("closed"))));
    aborted.catch(() => undefined);
    const close = (): void => {
      if (!isOpen) return;
      isOpen = false;
      this.openConnections--;
      abort();
      events.closed();
    };
    return {
      start: async () => {
        this.attempts++;
        if (this.isDown || this.downWith) throw Object.assign(new Error("refused"), { status: this.downWith });
        await this.hole;
        if (isStopped) throw new Error("stopped");
        this.connections++;
        this.openConnections++;
        isOpen = true;
        this.joined.clear();
        for (const channel of this.channels.values()) channel.onConnected();
        this.socket = { event: (name, content) => isOpen && events.event(name, content), closed: close };
      },
      stop: () => {
        isStopped = true;
        close();
        return this.neverStops ? new Promise(() => undefined) : Promise.resolve();
      },
      invoke: (method, request) => (isOpen ? Promise.race([aborted, this.answer(method, request as Record<string, unknown>)]) : Promise.reject(new Error("not open"))),
    };
  };

  /** Breaks the connection. */
  cut(): void {
    this.socket?.closed();
  }

  send(name: "frame" | "lost" | "detached" | "occupancy" | "closing", content: unknown): void {
    this.socket?.event(name, content);
  }

  /** Numbers a message without sending it. */
  say(text: string): Publication {
    const publication: Publication = {
      offset: this.log.length + 1,
      id: `m${this.log.length + 1}`,
      timeMs: 0,
      publisher: "ann",
      event: "chat",
      data: { text, displayName: "Ann" },
      key: null,
    };
    this.log.push(publication);
    return publication;
  }

  /** Numbers a message and sends it. */
  sayLive(text: string): void {
    const publication = this.say(text);
    this.send("frame", this.frame([publication]));
  }

  frame(publications: Publication[]): Frame {
    const first = publications[0]!.offset;
    const headOffset = publications.at(-1)!.offset;
    return { channel: chatChannel, epoch: this.epoch, class: "ordered", previousOffset: first - 1, headOffset, publications };
  }

  private async answer(method: string, body: Record<string, unknown>): Promise<unknown> {
    this.requests.push({ method, body });
    const code = this.refuse?.(method, body);
    const answer = code ? refusal(code, method) : this.answerOf(method, body);
    await this.holdAnswers?.(method);
    return answer;
  }

  private answerOf(method: string, body: Record<string, unknown>): unknown {
    const result = this.carryOut(method, body);
    return typeof result === "string" ? refusal(result, method) : { ok: true, result };
  }

  private carryOut(method: string, body: Record<string, unknown>): unknown {
    const id = (body["commandId"] ?? body["id"]) as string | undefined;
    if (id && this.effects.has(id)) return this.effects.get(id);
    const result = this.effect(method, body);
    if (id) this.effects.set(id, result);
    return result;
  }

  private effect(method: string, body: Record<string, unknown>): unknown {
    if (method === "Authenticate") return { userId: "bob", displayName: "Bob", expiresAtMs: this.clockMs + this.tokenLifeMs, connectionId: "c" };
    if (method === "Time") return { t1Us: body["t1Us"], t2Us: this.clockMs * 1000, t3Us: this.clockMs * 1000 };
    if (typeof body["channel"] === "string") return this.ofChannel(method, body["channel"], body);
    if (method === "LeaveRoom") this.leave(body["roomId"] as string);
    if (method === "JoinRoom") return this.join(body["roomId"] as string, body["since"] as Record<string, Position> | undefined);
    if (method === "GetSnapshot") return this.snapshot(body["roomId"] as string);
    if (method === "SendChat") return { revision: 1, entryIds: [], position: { epoch: this.epoch, offset: this.say(body["text"] as string).offset }, timeMs: 0 };
    return this.answers[method] ?? { revision: 1, entryIds: [], position: null, timeMs: null };
  }

  /** What is beneath a room is for the connections that are in it. */
  private ofChannel(method: string, name: string, body: Record<string, unknown>): unknown {
    const roomId = /^room:(.+):/.exec(name)?.[1];
    if (roomId && method === "Subscribe" && !this.joined.has(roomId)) return "NOT_MEMBER";
    return this.channel(name).answer(method, body);
  }

  private leave(roomId: string): void {
    this.joined.delete(roomId);
    for (const [name, channel] of this.channels) {
      if (!name.startsWith(`room:${roomId}:`) || !channel.isAttached) continue;
      channel.isAttached = false;
      this.send("detached", { channel: name, code: "NOT_MEMBER" });
    }
  }

  private join(roomId: string, since?: Record<string, Position>): Join {
    this.joined.add(roomId);
    const from = since?.[chatChannel];
    if (!from) return { verdict: "live", snapshot: this.snapshot(roomId), recoveries: [] };
    if (!this.canRecover || from.epoch !== this.epoch) return { verdict: "lost", snapshot: this.snapshot(roomId), recoveries: [] };
    const recovery = {
      channel: chatChannel,
      position: this.head,
      verdict: "recovered" as const,
      class: "ordered" as const,
      lostFrom: null,
      lostTo: null,
      publications: this.log.slice(from.offset),
    };
    return { verdict: "recovered", snapshot: null, recoveries: [recovery] };
  }

  private get head(): Position {
    return { epoch: this.epoch, offset: this.log.length };
  }

  private snapshot(roomId: string): Snapshot {
    return {
      roomId,
      revision: 1,
      serverTimeMs: 0,
      settings: { name: "Den", isListed: true },
      ownerUserId: "ann",
      hostUserId: "ann",
      roles: { holders: [], succession: [], permissions: {} },
      myPermissions: [],
      mySanctions: [],
      myRole: "listener",
      playback: { epoch: 1, revision: 1, entryId: null, status: "idle", anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0, next: null },
      queue: { revision: 1, current: null, window: [], total: 0, reason: "added", entryId: null, mode: "fair", limits: null },
      myVotes: {},
      mySkipVote: false,
      history: [],
      fallback: null,
      chat: [...this.log] as Snapshot["chat"],
      chatCursor: null,
      chatHasMore: false,
      presence: { total: 0, members: [], isComplete: true, activeLastMinute: 0, position: { epoch: "e1", offset: 0 }, version: 0 },
      skip: { have: 0, need: 1 },
      positions: { [chatChannel]: this.head },
    };
  }
}

/** What the server has too much of, where it is not of all that a user asks for. */
const details: Readonly<Record<string, string>> = { SendChat: "chat", EditChat: "chat", Enqueue: "songs", CreateRoom: "rooms", ReportMember: "reports" };

/** As the server refuses: what it has too much of is said, and when there may be more. */
function refusal(refused: string | Refused, method: string): unknown {
  const { code, ...more } = typeof refused === "string" ? { code: refused } : refused;
  const isLimited = code === "RATE_LIMITED";
  const error = { code, message: code, retryable: code === "NOT_READY" || isLimited, retryAfterMs: isLimited ? 1_000 : null, detail: (isLimited && details[method]) || null };
  return { ok: false, error: { ...error, ...more } };
}
