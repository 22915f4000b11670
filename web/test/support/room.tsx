import type { RoomConnection, RoomState } from "@whatssound/client";
import type { ComponentChildren } from "preact";
import { RoomContext, viewOf } from "../../src/room/RoomContext";

/** A room in which Ann, the owner and host, is with Bob. */
export function room(changes: Partial<RoomState> = {}): RoomState {
  return {
    roomId: "den",
    settings: { name: "Den", isListed: true },
    ownerUserId: "ann",
    hostUserId: "ann",
    roles: { holders: [], succession: [], permissions: {} },
    playback: { epoch: 0, revision: 0, entryId: null, status: "idle", anchorPositionMs: 0, anchorTimeMs: 0, ratePermille: 1000, durationMs: 0, next: null },
    hostPosition: null,
    queue: { revision: 1, current: null, window: [], total: 0, reason: "added", entryId: null, mode: "fair", limits: null },
    myVotes: {},
    mySkipVote: false,
    history: [],
    chat: [],
    chatHasMore: false,
    chatCursor: null,
    fallback: null,
    members: [member("ann", "Ann"), member("bob", "Bob")],
    memberTotal: 2,
    skip: { have: 0, need: 1 },
    mySanctions: [],
    ...changes,
  };
}

export const member = (userId: string, displayName: string | null = userId) => ({ userId, displayName, info: null, joinedAtMs: 0, isHost: false });

type Handler = (body: Record<string, unknown>) => unknown;

type Told = (value: unknown) => void;

/** A connection on which nothing goes out: what is asked of it is kept, and answered by the handlers given for commands and methods. */
export class FakeConnection {
  readonly asked: { method: string; body: Record<string, unknown> }[] = [];
  readonly clock = { isSet: true, nowMs: () => 10_000 };
  private readonly listeners = new Map<string, Set<Told>>();

  constructor(
    private readonly handlers: Record<string, Handler> = {},
    public room: RoomState | null = null,
  ) {}

  on(event: string, listener: Told): () => void {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(listener));
    return () => all.delete(listener);
  }

  /** The room has become another. */
  show(state: RoomState): void {
    this.room = state;
    this.listeners.get("room")?.forEach((listener) => listener(state));
  }

  /** Something is told of the connection. */
  tell(event: string, value: unknown): void {
    this.listeners.get(event)?.forEach((listener) => listener(value));
  }

  /** Something is told in one of the room's channels. */
  publish(publication: object): void {
    this.listeners.get("publication")?.forEach((listener) => listener({ channel: "room:den", publication }));
  }

  async request(method: string, body: object): Promise<unknown> {
    this.asked.push({ method, body: body as Record<string, unknown> });
    return this.handlers[method]?.(body as Record<string, unknown>);
  }

  act(method: string, body: object): Promise<unknown> {
    return this.request(method, body);
  }

  command(method: string, body: object): Promise<unknown> {
    return this.request(method, body);
  }

  hint(method: string, body: object): Promise<unknown> {
    return this.request(method, body);
  }

  queuePage(cursor?: string): Promise<unknown> {
    return this.request("GetQueuePage", { cursor });
  }

  placeReason(entryId: string): Promise<unknown> {
    return this.request("GetPlaceReason", { entryId });
  }

  removeEntry(entryId: string): Promise<unknown> {
    return this.request("RemoveEntry", { entryId });
  }

  seek(entryId: string, positionMs: number): Promise<unknown> {
    return this.request("Seek", { entryId, positionMs });
  }

  skip(entryId: string): Promise<unknown> {
    return this.request("Skip", { entryId });
  }

  vote(entryId: string, value: number): Promise<unknown> {
    return this.request("Vote", { entryId, value });
  }

  enqueue(tracks: unknown[]): Promise<unknown> {
    return this.request("Enqueue", { tracks });
  }

  /** Channels besides the room's, in which nothing happens. */
  readonly connection = { channel: () => ({ isSubscribed: false, subscribe: () => Promise.resolve(), unsubscribe: () => Promise.resolve() }) };

  /** As what the page takes it for. */
  get asConnection(): RoomConnection {
    return this as unknown as RoomConnection;
  }
}

interface Props {
  state: RoomState;
  userId?: string;
  connection?: FakeConnection;
  children: ComponentChildren;
}

/** The room around one part of it. */
export function InRoom({ state, userId = "ann", connection = new FakeConnection(), children }: Props) {
  return <RoomContext.Provider value={viewOf(connection.asConnection, state, userId, state.mySanctions)}>{children}</RoomContext.Provider>;
}
