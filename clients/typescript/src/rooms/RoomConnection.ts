import type { ServerClock } from "../clock/ServerClock.js";
import { notInRoom } from "../connection/clientRefusals.js";
import { Connection, type ConnectionEvents, type ConnectionOptions } from "../connection/Connection.js";
import { Emitter } from "../connection/Emitter.js";
import type { LinkState } from "../connection/Link.js";
import { Sequence } from "../connection/Sequence.js";
import type { MemberInfo, Position, Publication } from "../protocol/channels.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { nothing, receipt, roomListingPage } from "../protocol/results.js";
import type { Identity, Receipt, RoomListingPage, Track } from "../protocol/rooms.js";
import { Membership } from "./Membership.js";
import { withMySkipVote, withMyVote } from "./reduce.js";
import { RoomSession, type RoomRecovery } from "./RoomSession.js";
import type { RoomState } from "./RoomState.js";

export type RoomConnectionOptions = ConnectionOptions;

export interface RoomConnectionEvents extends ConnectionEvents {
  /** The room's state changed. */
  room: RoomState;
  /** One publication was applied; each comes once, in order. */
  publication: { channel: string; publication: Publication };
  /** How the room's state came about: at the first join `live`, after a new connection `recovered` or `lost`. */
  recovery: RoomRecovery;
  /** The room cannot be joined again (`ROOM_NOT_FOUND`, `FORBIDDEN`); the session is over, the connection lives. */
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
  private readonly commands = { chat: new Sequence(), room: new Sequence() };

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
  start(): Promise<void> {
    return this.connection.start();
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

  listRooms(max = 50): Promise<RoomListingPage> {
    return this.ground.requests.send("ListRooms", { max }, roomListingPage);
  }

  createRoom(roomId: string, settings: { name: string; description?: string; isListed?: boolean }): Promise<Receipt> {
    return this.ground.requests.send("CreateRoom", { ...settings, roomId, commandId: this.ground.newId() }, receipt);
  }

  /** Joins a room and follows it, over reconnects too, until `leave`, or until another one is joined. Rejects with `LEFT` if that comes first. */
  async join(roomId: string, info: MemberInfo = null): Promise<RoomState> {
    return this.membership.join(this.newSession(roomId, info));
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

  /** Sets one's vote on a queued song. */
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

  /** A hint that the player reached the end; sent once, and not at all while there is no connection. */
  async reportEnded(entryId: string): Promise<void> {
    await this.hint("ReportEnded", { entryId });
  }

  /** A hint where the host's player is; sent once, and not at all while there is no connection. */
  async reportHostPosition(entryId: string, positionMs: number): Promise<void> {
    await this.hint("ReportHostPosition", { entryId, positionMs: Math.round(positionMs) });
  }

  /** A command to the joined room, with a new id that its repetitions keep. Chat goes out in its order, and everything else in its own. */
  async command(method: string, body: object): Promise<Receipt> {
    const { session, wanted } = this.membership;
    if (!session || !wanted) throw notInRoom();
    const request = { ...body, roomId: session.roomId, commandId: this.ground.newId() };
    const sequence = method === "SendChat" ? this.commands.chat : this.commands.room;
    return sequence.run(() => this.ground.requests.send(method, request, receipt, wanted));
  }

  private async hint(method: string, body: object): Promise<void> {
    const roomId = this.session?.roomId;
    if (roomId && this.state === "live") await this.ground.invoke(method, { ...body, roomId }, nothing).catch(() => undefined);
  }

  private get ground(): Connection["ground"] {
    return this.connection.ground;
  }

  private get session(): RoomSession | null {
    return this.membership.session;
  }

  private newSession(roomId: string, info: MemberInfo): RoomSession {
    const session: RoomSession = new RoomSession(roomId, info, this.ground, {
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
