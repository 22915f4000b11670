import { ClockProber } from "../clock/ClockProber.js";
import { ServerClock } from "../clock/ServerClock.js";
import type { Frame, Lost, MemberInfo, Position, Publication } from "../protocol/channels.js";
import type { Identity, Receipt, RoomListingPage, TimeAnswer, Track } from "../protocol/rooms.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { Membership } from "../rooms/Membership.js";
import { withMyVote } from "../rooms/reduce.js";
import { RoomSession, type RoomRecovery } from "../rooms/RoomSession.js";
import type { RoomState } from "../rooms/RoomState.js";
import { notInRoom } from "./clientRefusals.js";
import type { TokenSource } from "./Credentials.js";
import { Emitter } from "./Emitter.js";
import { realEnvironment, type Environment } from "./Environment.js";
import { Link, type LinkState } from "./Link.js";
import { Requests } from "./Requests.js";
import { Sequence } from "./Sequence.js";
import { signalRTransport } from "./signalRTransport.js";
import type { TransportFactory } from "./Transport.js";

export interface RoomConnectionOptions {
  /** The address of the hub: absolute, or in a browser a path of the page's own server, such as `/hub`. */
  url: string;
  /** Asked at each connection and before the old token expires. Has 10 s; when it fails or takes longer, the attempt to connect has failed. */
  token: TokenSource;
  environment?: Environment;
  transport?: TransportFactory;
}

export interface RoomConnectionEvents {
  /** The connection came, or went. */
  state: LinkState;
  /** The room's state changed. */
  room: RoomState;
  /** One publication was applied; each comes once, in order. */
  publication: { channel: string; publication: Publication };
  /** How the room's state came about: at the first join `live`, after a new connection `recovered` or `lost`. */
  recovery: RoomRecovery;
  /** The room cannot be joined again (`ROOM_NOT_FOUND`, `FORBIDDEN`); the session is over, the connection lives. */
  left: RefusalError;
  /** A step of a clock was found: positions should be computed anew. */
  clockReset: void;
  /** An attempt to connect, to join again or to renew the token failed, and will be made again: a `RefusalError` of the server, or what the network or `token` threw. */
  error: unknown;
}

/**
 * A listening room from the client's side. One connection, one room at a time. Reconnects by itself until `stop` and recovers by position; commands that got no
 * answer are sent again with the same id, one after the other in the order given, for 60 s at most. What fails is a promise that is rejected with a
 * `RefusalError`: the server's codes, or `CLOSED` after `stop` and `LEFT` for what was not carried out before the room was left.
 */
export class RoomConnection {
  private readonly emitter = new Emitter<RoomConnectionEvents>();
  private readonly environment: Environment;
  private readonly link: Link;
  private readonly requests: Requests;
  private readonly membership: Membership;
  private readonly prober: ClockProber;
  private readonly commands = { chat: new Sequence(), room: new Sequence() };

  /** The room's clock. */
  readonly clock: ServerClock;

  constructor(options: RoomConnectionOptions) {
    this.environment = options.environment ?? realEnvironment;
    this.clock = new ServerClock(() => this.environment.nowMs());
    this.link = new Link(options.transport ?? signalRTransport(options.url), options.token, this.environment, {
      state: (state) => this.emitter.emit("state", state),
      frameOrLost: (name, content) => (name === "frame" ? this.session?.onFrame(content as Frame) : this.session?.onLost(content as Lost)),
      opened: () => this.onOpened(),
      ended: () => this.prober.stop(),
      failed: (error) => this.emitter.emit("error", error),
    });
    this.requests = new Requests(this.link, this.environment);
    this.membership = new Membership(
      this.requests,
      () => this.environment.newId(),
      this.link.closed,
      (reason) => this.emitter.emit("left", reason),
    );
    this.prober = new ClockProber(
      this.clock,
      this.environment,
      (t1Us) => this.link.invoke<TimeAnswer>("Time", { t1Us }),
      () => this.link.drop(),
      () => this.emitter.emit("clockReset", undefined),
    );
  }

  get state(): LinkState {
    return this.link.state;
  }

  /** Who this client is; null until live. */
  get identity(): Identity | null {
    return this.link.identity;
  }

  /** The room's state; null until joined. */
  get room(): RoomState | null {
    return this.session?.state ?? null;
  }

  /** Where this client is in each of the room's channels, and what it found wrong on the way. */
  get progress(): { positions: Record<string, Position>; gaps: number; duplicates: number } {
    return { positions: this.session?.positions ?? {}, gaps: this.session?.gaps ?? 0, duplicates: this.session?.duplicates ?? 0 };
  }

  /** Registers a handler; the answer removes it. */
  on<K extends keyof RoomConnectionEvents>(event: K, handler: (value: RoomConnectionEvents[K]) => void): () => void {
    return this.emitter.on(event, handler);
  }

  /** Connects, and keeps connected until `stop`. Resolves when live for the first time. Idempotent. Rejects with `BAD_REQUEST` for a bad address, with `CLOSED` after `stop`. */
  start(): Promise<void> {
    return this.link.start();
  }

  /** Ends the connection for good: nothing is sent afterwards. Resolves when no socket and no timer is left, within 2 s. Idempotent. */
  stop(): Promise<void> {
    this.prober.stop();
    return this.link.stop();
  }

  /** The network came back, or the page is shown again: connects at once, or sees whether the connection still answers and what the clock is now. */
  wake(): void {
    this.link.wake();
    if (this.state === "live") this.prober.start();
  }

  /** Gives up the current connection, so that a new one is made. */
  reconnect(): void {
    this.link.drop();
  }

  /** Sends any request, with the connection's retries. Commands need a `commandId`: see `command`. */
  request<T>(method: string, body: object): Promise<T> {
    return this.requests.send<T>(method, body);
  }

  listRooms(max = 50): Promise<RoomListingPage> {
    return this.request("ListRooms", { max });
  }

  createRoom(roomId: string, settings: { name: string; description?: string; isListed?: boolean }): Promise<Receipt> {
    return this.request("CreateRoom", { ...settings, roomId, commandId: this.environment.newId() });
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
    const receipt = await this.command("Vote", { entryId, value });
    this.session?.update((state) => withMyVote(state, entryId, value));
    return receipt;
  }

  voteSkip(entryId: string, isOn: boolean): Promise<Receipt> {
    return this.command("VoteSkip", { entryId, isOn });
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
  async command<T = Receipt>(method: string, body: object): Promise<T> {
    const { session, wanted } = this.membership;
    if (!session || !wanted) throw notInRoom();
    const request = { ...body, roomId: session.roomId, commandId: this.environment.newId() };
    const sequence = method === "SendChat" ? this.commands.chat : this.commands.room;
    return sequence.run(() => this.requests.send<T>(method, request, wanted));
  }

  private async hint(method: string, body: object): Promise<void> {
    const roomId = this.session?.roomId;
    if (roomId && this.state === "live") await this.link.invoke(method, { ...body, roomId }).catch(() => undefined);
  }

  private get session(): RoomSession | null {
    return this.membership.session;
  }

  private newSession(roomId: string, info: MemberInfo): RoomSession {
    const invoke = <T>(method: string, body: object): Promise<T> => this.link.invoke<T>(method, body);
    const session: RoomSession = new RoomSession(roomId, info, invoke, () => this.environment.newId(), {
      changed: (state) => this.tell(session, "room", state),
      publication: (channel, publication) => this.tell(session, "publication", { channel, publication }),
      recovery: (recovery) => this.tell(session, "recovery", recovery),
      stuck: () => this.link.drop(),
    });
    return session;
  }

  private tell<K extends keyof RoomConnectionEvents>(session: RoomSession, event: K, value: RoomConnectionEvents[K]): void {
    if (this.session === session) this.emitter.emit(event, value);
  }

  private async onOpened(): Promise<void> {
    this.prober.start();
    await this.membership.restore();
  }
}
