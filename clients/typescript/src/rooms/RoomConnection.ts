import type { ServerClock } from "../clock/ServerClock.js";
import { noHint, notInRoom } from "../connection/clientRefusals.js";
import { Connection, type ConnectionEvents, type ConnectionOptions } from "../connection/Connection.js";
import { Emitter } from "../connection/Emitter.js";
import type { LinkState } from "../connection/Link.js";
import { Sequence } from "../connection/Sequence.js";
import type { MemberInfo, Position, Publication } from "../protocol/channels.js";
import type { Parser } from "../protocol/parse.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { nothing, placeReason, queuePage, receipt, roomListingPage } from "../protocol/results.js";
import type { Identity, NewRoom, PlaceReason, QueuePage, Receipt, RoomCommands, RoomHints, RoomKey, RoomListingPage, RoomQuery, Track } from "../protocol/rooms.js";
import { Membership } from "./Membership.js";
import { withMySkipVote, withMyVote } from "./reduce.js";
import { RoomSession, type RoomRecovery } from "./RoomSession.js";
import type { RoomState } from "./RoomState.js";

export type RoomConnectionOptions = ConnectionOptions;

/** Those of `RoomHints`. */
const hints = /^(React|SetTyping|MarkRead|Report(Ended|Unplayable|Ready|Active|Latency|HostPosition))$/;

export interface RoomConnectionEvents extends ConnectionEvents {
  /** The room's state changed. */
  room: RoomState;
  /** One publication was applied; each comes once, in order. */
  publication: { channel: string; publication: Publication };
  /** How the room's state came about: at the first join `live`, after a new connection `recovered` or `lost`. */
  recovery: RoomRecovery;
  /** The room cannot be joined again (`ROOM_NOT_FOUND`, `ROOM_CLOSED`, `FORBIDDEN`, `BANNED`, `KICKED`); the session is over, the connection lives. */
  left: RefusalError;
}

/**
 * A listening room from the client's side. One connection, one room at a time, and any channels besides. Commands go out one after the other in the order
 * given. What fails is a promise that is rejected with a `RefusalError`: the server's codes, or `CLOSED` after `stop` and `LEFT` for what was not carried out
 * before the room was left.
 */
export class RoomConnection {
  private readonly emitter = new Emitter<RoomConnectionEvents>();
  private readonly membership: Membership;
  private readonly chat = new Sequence();
  private readonly commands = new Sequence();

  /** What the room stands on. */
  readonly connection: Connection;

  constructor(options: RoomConnectionOptions) {
    this.connection = new Connection(options);
    for (const event of ["state", "clockReset", "error"] as const) this.connection.on(event, (value) => this.emitter.emit(event, value as never));
    this.membership = new Membership(this.connection.ground, (reason) => this.emitter.emit("left", reason));
  }

  /** The room's clock. */
  get clock(): ServerClock {
    return this.connection.clock;
  }

  get state(): LinkState {
    return this.connection.state;
  }

  /** Who this client is; null until live. */
  get identity(): Identity | null {
    return this.connection.identity;
  }

  /** The room's state; null until joined. */
  get room(): RoomState | null {
    return this.session?.state ?? null;
  }

  /** Where this client is in each of the room's channels, and what it found wrong on the way. */
  get progress(): { positions: Readonly<Record<string, Position>>; gaps: number; duplicates: number } {
    const { positions = {}, gaps = 0, duplicates = 0 } = this.session?.follower ?? {};
    return { positions, gaps, duplicates };
  }

  /** Registers a handler; the answer removes it. */
  on<K extends keyof RoomConnectionEvents>(event: K, handler: (value: RoomConnectionEvents[K]) => void): () => void {
    return this.emitter.on(event, handler);
  }

  /** As `Connection.start`. */
  start(withinMs?: number): Promise<void> {
    return this.connection.start(withinMs);
  }

  /** As `Connection.stop`. */
  stop(): Promise<void> {
    return this.connection.stop();
  }

  /** As `Connection.wake`. */
  wake(): void {
    this.connection.wake();
  }

  /** As `Connection.reconnect`. */
  reconnect(): void {
    this.connection.reconnect();
  }

  /** As `Connection.request`. */
  request(method: string, body: object): Promise<unknown> {
    return this.connection.request(method, body);
  }

  listRooms(query: number | RoomQuery = 50): Promise<RoomListingPage> {
    return this.ground.requests.send("ListRooms", typeof query === "number" ? { max: query } : query, roomListingPage);
  }

  createRoom(roomId: string, settings: NewRoom): Promise<Receipt> {
    return this.ground.requests.send("CreateRoom", { ...settings, roomId, commandId: this.ground.newId() }, receipt);
  }

  /**
   * Joins a room and follows it, over reconnects too, until `leave`, or until another one is joined. Rejects with `LEFT` if that comes first.
   * @param info what the others see of this user besides the token's name
   * @param key a password or an invite, where the room takes one; given again on each return
   */
  async join(roomId: string, info: MemberInfo = null, key: RoomKey = {}): Promise<RoomState> {
    return this.membership.join(this.newSession(roomId, { ...key, info }));
  }

  /** Leaves on purpose: the others see it at once. Resolves when this client is not in the room, whether it was or not. */
  leave(): Promise<void> {
    return this.membership.leave();
  }

  sendChat(text: string): Promise<Receipt> {
    return this.command("SendChat", { text });
  }

  enqueue(tracks: Track[]): Promise<Receipt> {
    return this.command("Enqueue", { tracks });
  }

  removeEntry(entryId: string): Promise<Receipt> {
    return this.command("RemoveEntry", { entryId });
  }

  /** Sets one's vote on a queued song, or the one that plays. */
  async vote(entryId: string, value: -1 | 0 | 1): Promise<Receipt> {
    const voted = await this.command("Vote", { entryId, value });
    this.session?.update((state) => withMyVote(state, entryId, value));
    return voted;
  }

  /** Sets one's vote to skip the current song. */
  async voteSkip(entryId: string, isOn: boolean): Promise<Receipt> {
    const voted = await this.command("VoteSkip", { entryId, isOn });
    this.session?.update((state) => withMySkipVote(state, entryId, isOn));
    return voted;
  }

  /** The queue beyond the window: from the start, or after a page's `next`. */
  queuePage(cursor?: string, count = 100): Promise<QueuePage> {
    return this.ask("GetQueuePage", { cursor, count }, queuePage);
  }

  /** Why a queued song stands where it does. */
  placeReason(entryId: string): Promise<PlaceReason> {
    return this.ask("GetPlaceReason", { entryId }, placeReason);
  }

  play(): Promise<Receipt> {
    return this.command("Play", {});
  }

  pause(): Promise<Receipt> {
    return this.command("Pause", {});
  }

  seek(entryId: string, positionMs: number): Promise<Receipt> {
    return this.command("Seek", { entryId, positionMs: Math.round(positionMs) });
  }

  skip(entryId: string): Promise<Receipt> {
    return this.command("Skip", { entryId });
  }

  transferHost(toUserId: string): Promise<Receipt> {
    return this.command("TransferHost", { toUserId });
  }

  /** Replies, mentions, changes what was said, manages the queue, keeps order in the room, says who is what, or sets and closes it: a command by its name in the protocol. */
  act<Name extends keyof RoomCommands>(name: Name, fields: RoomCommands[Name]): Promise<Receipt> {
    return this.command(name, fields);
  }

  /** A command to the joined room, with a new id that its repetitions keep. Chat goes out in its order, and everything else in its own. */
  command(method: string, body: object): Promise<Receipt> {
    return this.ask(method, { ...body, commandId: this.ground.newId() }, receipt, method.endsWith("Chat") ? this.chat : this.commands);
  }

  private async ask<T>(method: string, body: object, read: Parser<T>, sequence?: Sequence): Promise<T> {
    const { session, wanted } = this.membership;
    if (!session || !wanted) throw notInRoom(this.identity?.userId ?? null);
    return this.ground.requests.send(method, { ...body, roomId: session.roomId }, read, wanted, sequence);
  }

  /** What the player or the page has to say, by its name in the protocol; sent once, and not at all while there is no connection. Rejects with `UNKNOWN_METHOD` for another name. */
  async hint<Name extends keyof RoomHints>(method: Name, body: RoomHints[Name]): Promise<void> {
    if (!hints.test(method)) throw noHint();
    const roomId = this.session?.roomId;
    if (roomId && this.state === "live") await this.ground.invoke(method, { ...body, roomId }, nothing).catch(() => undefined);
  }

  private get ground(): Connection["ground"] {
    return this.connection.ground;
  }

  private get session(): RoomSession | null {
    return this.membership.session;
  }

  private newSession(roomId: string, asked: object): RoomSession {
    const session: RoomSession = new RoomSession(roomId, asked, this.ground, {
      changed: (state) => this.tell(session, "room", state),
      publication: (channel, publication) => this.tell(session, "publication", { channel, publication }),
      recovery: (recovery) => this.tell(session, "recovery", recovery),
    });
    return session;
  }

  private tell<K extends keyof RoomConnectionEvents>(session: RoomSession, event: K, value: RoomConnectionEvents[K]): void {
    if (this.session === session) this.emitter.emit(event, value);
  }
}
