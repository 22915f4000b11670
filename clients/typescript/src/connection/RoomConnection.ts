import { ClockProber } from "../clock/ClockProber.js";
import { ServerClock } from "../clock/ServerClock.js";
import type { Frame, Lost, MemberInfo, Position, Publication } from "../protocol/channels.js";
import type { Identity, Receipt, RoomListingPage, TimeAnswer, Track } from "../protocol/rooms.js";
import { RefusalError } from "../protocol/RefusalError.js";
import { withMyVote } from "../rooms/reduce.js";
import { RoomSession, type RoomRecovery } from "../rooms/RoomSession.js";
import type { RoomState } from "../rooms/RoomState.js";
import { Emitter } from "./Emitter.js";
import { realEnvironment, type Environment } from "./Environment.js";
import { Link, type LinkState } from "./Link.js";
import { signalRTransport } from "./signalRTransport.js";
import type { TransportFactory } from "./Transport.js";

export interface RoomConnectionOptions {
  /** The address of the hub, `/hub` on the page's own server. */
  url: string;
  /** A fresh token; asked for at each connection and before the old one expires. */
  token: () => Promise<string>;
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
  /** The room cannot be joined again; the session is over. */
  left: RefusalError;
  /** A step of a clock was found: positions should be computed anew. */
  clockReset: void;
}

/**
 * A listening room from the client's side. One connection, one room at a time. Reconnects by itself without end and recovers by position; commands that got no
 * answer are sent again with the same id; a refusal is thrown as `RefusalError`.
 */
export class RoomConnection {
  private readonly emitter = new Emitter<RoomConnectionEvents>();
  private readonly environment: Environment;
  private readonly link: Link;
  private readonly prober: ClockProber;
  private session: RoomSession | null = null;

  /** The room's clock. */
  readonly clock: ServerClock;

  constructor(options: RoomConnectionOptions) {
    this.environment = options.environment ?? realEnvironment;
    this.clock = new ServerClock(() => this.environment.nowMs());
    this.link = new Link(options.transport ?? signalRTransport(options.url), options.token, this.environment, {
      state: (state) => this.onState(state),
      frameOrLost: (name, content) => (name === "frame" ? this.session?.onFrame(content as Frame) : this.session?.onLost(content as Lost)),
      opened: () => this.onOpened(),
    });
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

  /** Connects, and keeps connected until `stop`. Resolves when live for the first time. */
  start(): Promise<void> {
    return this.link.start();
  }

  async stop(): Promise<void> {
    this.prober.stop();
    await this.link.stop();
  }

  /** Tries to reconnect at once: call it when the network came back or the page is shown again. */
  wake(): void {
    this.link.wake();
  }

  /** Gives up the current connection, so that a new one is made. */
  reconnect(): void {
    this.link.drop();
  }

  /** Sends any request, with the connection's retries. Commands need a `commandId`: see `command`. */
  request<T>(method: string, body: object): Promise<T> {
    return this.link.request<T>(method, body);
  }

  listRooms(max = 50): Promise<RoomListingPage> {
    return this.request("ListRooms", { max });
  }

  createRoom(roomId: string, settings: { name: string; description?: string; isListed?: boolean }): Promise<Receipt> {
    return this.request("CreateRoom", { ...settings, roomId, commandId: this.environment.newId() });
  }

  /** Joins a room and follows it, over reconnects too, until `leave`. */
  async join(roomId: string, info: MemberInfo = {}): Promise<RoomState> {
    if (this.session) await this.leave();
    const session = this.newSession(roomId, info);
    this.session = session;
    try {
      await this.link.attempt(() => session.join());
    } catch (error) {
      if (this.session === session) this.session = null;
      throw error;
    }
    return session.state!;
  }

  /** Leaves on purpose: the others see it at once. */
  async leave(): Promise<void> {
    const session = this.session;
    this.session = null;
    if (session) await this.request("LeaveRoom", { roomId: session.roomId, commandId: this.environment.newId() });
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

  /** A command to the joined room, with a new id that its repetitions keep. */
  command<T = Receipt>(method: string, body: object): Promise<T> {
    return this.request<T>(method, { ...body, roomId: this.roomId, commandId: this.environment.newId() });
  }

  private async hint(method: string, body: object): Promise<void> {
    await this.link.invoke(method, { ...body, roomId: this.roomId }).catch(() => undefined);
  }

  private get roomId(): string {
    if (!this.session) throw new Error("No room is joined.");
    return this.session.roomId;
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
    const session = this.session;
    if (!session?.state) return;
    try {
      await session.join();
    } catch (error) {
      if (!(error instanceof RefusalError) || error.retryable) throw error;
      this.session = null;
      this.emitter.emit("left", error);
    }
  }

  private onState(state: LinkState): void {
    if (state !== "live") this.prober.stop();
    this.emitter.emit("state", state);
  }
}
