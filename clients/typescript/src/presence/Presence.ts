import type { Subscription } from "../channels/Subscription.js";
import { notSubscribed } from "../connection/clientRefusals.js";
import { Emitter } from "../connection/Emitter.js";
import type { Ground } from "../connection/Ground.js";
import * as contents from "../protocol/contents.js";
import type { MemberInfo, Position, PresenceChanged, PresenceMember, PresenceView, Publication } from "../protocol/channels.js";
import { nothing, presenceView } from "../protocol/results.js";
import { byArrival, changed } from "./changed.js";

export interface PresenceEvents {
  /** Somebody came; their further connections are not told. */
  joined: PresenceMember;
  /** Somebody went, with their last connection. */
  left: PresenceMember;
  /** What is shown of somebody changed. */
  updated: PresenceMember;
  /** The list or the count changed, in whatever way: once per change, after the events above. */
  changed: readonly PresenceMember[];
}

/** How this client shows itself. */
export interface PresenceSelf {
  userId: string;
  displayName: string | null;
  info: MemberInfo;
}

/** What the channel's own publications of who is there are called. */
export const presenceEvent = "presence";

const heldMax = 1_000;

/**
 * Who is in a channel. From the first `enter`, `get` or `on` the list is kept whole for as long as the channel is subscribed, over reconnects and losses too. Where
 * too many are there to be listed, `isComplete` is false, the list is a sample, `count` is right, and nobody is told as joined or left.
 */
export class Presence {
  private readonly emitter = new Emitter<PresenceEvents>();
  private view: { members: readonly PresenceMember[]; count: number; isComplete: boolean } = { members: [], count: 0, isComplete: false };
  private at: Position | null = null;
  private held: { publication: Publication; epoch: string }[] | null = null;
  private syncs = 0;
  private isWanted = false;
  private entered: { info: MemberInfo } | null = null;

  /** @internal Made by its channel. */
  constructor(
    private readonly channel: string,
    private readonly ground: Ground,
    private readonly subscription: () => Subscription | null,
  ) {}

  /** Who is here, in the order they came, as far as is known; see `isComplete`. */
  get members(): readonly PresenceMember[] {
    return this.view.members;
  }

  /** How many are here. */
  get count(): number {
    return this.view.count;
  }

  /** Whether `members` is everybody. */
  get isComplete(): boolean {
    return this.view.isComplete;
  }

  /** How this client shows itself here; null while it does not. */
  get me(): PresenceSelf | null {
    const { identity } = this.ground;
    return this.entered && identity && { userId: identity.userId, displayName: identity.displayName, info: this.entered.info };
  }

  /** Registers a handler; the answer removes it. */
  on<K extends keyof PresenceEvents>(event: K, handler: (value: PresenceEvents[K]) => void): () => void {
    this.want();
    return this.emitter.on(event, handler);
  }

  /** Calls back for each of `members`. */
  each(callback: (member: PresenceMember) => void): void {
    this.view.members.forEach(callback);
  }

  /**
   * Shows this user, over reconnects too, until `leave` or until the channel is unsubscribed. Others see the token's name and what `info` says, up to 1 KiB of
   * JSON. The channel has to be subscribed: `NOT_SUBSCRIBED`.
   */
  async enter(info: MemberInfo = null): Promise<void> {
    const subscription = this.subscription();
    if (!subscription) throw notSubscribed(this.channel);
    const before = this.entered;
    const entered = (this.entered = { info });
    try {
      await this.ground.requests.attempt(() => this.send(entered), subscription.wanted);
    } catch (error) {
      if (this.entered === entered) this.entered = before;
      // An answer that came meanwhile did not count.
      this.onBegun();
      throw error;
    }
  }

  /** Changes what is shown, without leaving and joining. */
  update(info: MemberInfo): Promise<void> {
    return this.enter(info);
  }

  /** No longer shows this user; the channel stays subscribed. */
  async leave(): Promise<void> {
    this.entered = null;
    const subscription = this.subscription();
    if (subscription) await this.ground.requests.send("LeavePresence", { channel: this.channel }, nothing, subscription.wanted);
  }

  /** Asks the server who is here; the channel need not be subscribed. */
  async get(): Promise<readonly PresenceMember[]> {
    this.isWanted = true;
    await this.ground.requests.attempt(() => this.ask(), this.ground.closed);
    return this.view.members;
  }

  /** @internal The channel began anew: what was known of it is not continued. */
  onBegun(): void {
    if (this.isWanted) this.later(() => this.ask());
  }

  /** @internal The channel is attached on a new connection, which has not entered. */
  onRenewed(): void {
    const { entered } = this;
    if (entered) this.later(() => this.send(entered), () => this.onBegun());
  }

  /** @internal The channel is no longer subscribed. */
  onEnded(): void {
    this.syncs++;
    this.held = null;
    this.at = null;
    this.entered = null;
  }

  /** @internal Every publication of the channel, in order. */
  onPublication(publication: Publication, epoch: string): void {
    // The channel's own, not one that somebody published under that name.
    if (publication.event !== presenceEvent || publication.publisher !== null) return;
    if (this.held) this.hold(publication, epoch);
    else this.apply(publication, epoch);
  }

  private want(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    if (this.subscription()?.position) this.later(() => this.ask());
  }

  /** What is refused for good is told as an error of the connection. */
  private later(ask: () => Promise<void>, refused?: () => void): void {
    const wanted = this.subscription()?.wanted;
    if (!wanted) return;
    this.ground.requests.attempt(ask, wanted).catch((error: unknown) => {
      if (wanted.aborted) return;
      this.ground.failed(error);
      refused?.();
    });
  }

  private async send(entered: { info: MemberInfo }): Promise<void> {
    if (this.entered !== entered) return;
    this.isWanted = true;
    await this.sync(() => this.ground.invoke("EnterPresence", { channel: this.channel, info: entered.info }, presenceView));
  }

  private ask(): Promise<void> {
    return this.sync(() => this.ground.invoke("GetPresence", { channel: this.channel }, presenceView));
  }

  /** Holds changes back while asking; of several answers only the last one's counts. */
  private async sync(ask: () => Promise<PresenceView>): Promise<void> {
    const sync = ++this.syncs;
    this.held = [];
    try {
      const view = await ask();
      if (sync === this.syncs) this.replace(view);
    } finally {
      if (sync === this.syncs) this.release();
    }
  }

  private hold(publication: Publication, epoch: string): void {
    if (this.held!.length < heldMax) this.held!.push({ publication, epoch });
    else this.later(() => this.ask());
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const { publication, epoch } of held) this.apply(publication, epoch);
  }

  private replace(view: PresenceView): void {
    this.at = view.position;
    this.show(byArrival(view.members), view.total, view.isComplete);
  }

  private apply(publication: Publication, epoch: string): void {
    if (!this.at || this.at.epoch !== epoch || publication.offset <= this.at.offset) return;
    this.at = { epoch, offset: publication.offset };
    const change = contents.presenceChanged(publication.data);
    if (change) this.show(changed(this.view.members, change), change.total, isWhole(this.view.isComplete, change));
  }

  private show(members: readonly PresenceMember[], count: number, isComplete: boolean): void {
    const before = this.view;
    this.view = { members, count, isComplete };
    if (before.isComplete && isComplete) this.tell(before.members, members);
    this.emitter.emit("changed", members);
  }

  private tell(before: readonly PresenceMember[], after: readonly PresenceMember[]): void {
    const were = new Map(before.map((member) => [member.userId, member]));
    const are = new Set(after.map((member) => member.userId));
    for (const member of before) if (!are.has(member.userId)) this.emitter.emit("left", member);
    for (const member of after) {
      const was = were.get(member.userId);
      if (!was) this.emitter.emit("joined", member);
      else if (was !== member && !isSame(was, member)) this.emitter.emit("updated", member);
    }
  }
}

function isWhole(before: boolean, change: PresenceChanged): boolean {
  return !change.summary && (before || change.isComplete);
}

function isSame(a: PresenceMember, b: PresenceMember): boolean {
  return a.displayName === b.displayName && a.isHost === b.isHost && JSON.stringify(a.info) === JSON.stringify(b.info);
}
