import { Corrector, positionAt, type PlaybackVector, type RoomConnection, type RoomState, type ServerClock, type Track } from "@whatssound/client";

/** What the page shows of the player. */
export interface PlayerView {
  /** The browser wants a tap before it lets a page make sound. */
  needsTap: boolean;
  /** The song could not be loaded. */
  hasFailed: boolean;
  volume: number;
}

const tickMs = 250;
const seekIntervalMs = 1_000;
const measureAfterMs = 400;
const seekLeadMaxMs = 500;
const pausedToleranceMs = 40;
const stallToleranceMs = 20;
const tailMs = 1_000;

/**
 * Plays the room's song where the room is in it. Everything follows from the playback vector and the clock: it keeps no position of its own, so it is right again
 * after a stall, a sleep or a reconnect.
 */
export class Player {
  private readonly audio = new Audio();
  private readonly corrector = new Corrector();
  private readonly clock: ServerClock;
  private timer = 0;
  private startTimer = 0;
  private entryId: string | null = null;
  private seekLeadMs = 0;
  private settledAtMs = Infinity;
  private lastSeekMs = -Infinity;
  private isMeasuring = false;
  private hasStalled = false;
  private current: PlayerView = { needsTap: false, hasFailed: false, volume: 1 };

  constructor(
    private readonly connection: RoomConnection,
    private readonly onView: (view: PlayerView) => void,
  ) {
    this.clock = connection.clock;
    this.audio.preload = "auto";
    // A change of speed by up to 1.5 % is not heard as pitch, and keeping the pitch would cost quality.
    this.audio.preservesPitch = false;
    this.audio.addEventListener("waiting", () => (this.hasStalled = true));
    this.audio.addEventListener("playing", () => this.onSettled());
    this.audio.addEventListener("seeked", () => this.onSettled());
    this.audio.addEventListener("error", () => this.entryId && this.show({ hasFailed: true }));
    this.audio.addEventListener("ended", () => this.entryId && void this.connection.reportEnded(this.entryId));
  }

  get view(): PlayerView {
    return this.current;
  }

  start(): void {
    this.timer = window.setInterval(() => this.sync(), tickMs);
    this.sync();
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.startTimer);
    this.unload();
  }

  /** To be called from a click or a key: then the browser allows sound. */
  tap(): void {
    this.show({ needsTap: false });
    this.sync();
  }

  setVolume(volume: number): void {
    this.audio.volume = volume;
    this.show({ volume });
  }

  /** What the audio element does, for tests. */
  report(): object {
    return {
      entryId: this.entryId,
      currentTimeMs: this.audio.currentTime * 1000,
      isPaused: this.audio.paused,
      rate: this.audio.playbackRate,
      errorMs: this.corrector.errorMs,
      seekLeadMs: this.seekLeadMs,
      ...this.current,
    };
  }

  /** Brings the audio to where the room is. Idempotent; runs four times a second and on every change. */
  sync(): void {
    const room = this.connection.room;
    const track = room && trackOf(room);
    if (!room || !track || room.playback.status === "idle") return this.unload();
    if (this.entryId !== room.playback.entryId) this.load(room.playback.entryId!, track);
    if (!this.clock.isSet || this.current.needsTap || this.current.hasFailed) return;
    if (room.playback.status === "paused") this.hold(room.playback.anchorPositionMs);
    else this.follow(room.playback);
  }

  private follow(vector: PlaybackVector): void {
    const now = this.clock.nowMs();
    const positionMs = positionAt(vector, now);
    if (now < vector.anchorTimeMs) return this.startLater(vector, vector.anchorTimeMs - now);
    if (positionMs >= vector.durationMs) return this.audio.pause();
    if (this.audio.ended && positionMs >= this.audio.duration * 1000 - tailMs) return;
    if (this.audio.paused || this.audio.ended) return this.play(positionMs);
    if (this.audio.seeking || this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA || performance.now() < this.settledAtMs) return;
    this.correct(positionMs - this.audio.currentTime * 1000, positionMs, vector.ratePermille / 1000);
  }

  private correct(errorMs: number, positionMs: number, roomRate: number): void {
    if (this.isMeasuring) this.learnSeekLead(errorMs);
    const hasStalled = this.hasStalled && Math.abs(errorMs) > stallToleranceMs;
    const correction = this.corrector.correct(errorMs);
    this.hasStalled = false;
    if (hasStalled || correction.kind === "seek") this.seek(positionMs);
    else this.audio.playbackRate = roomRate * (correction.kind === "rate" ? correction.rate : 1);
  }

  /** How late a seek leaves this player, so that the next one aims ahead by it. */
  private learnSeekLead(errorMs: number): void {
    this.isMeasuring = false;
    this.seekLeadMs = Math.min(seekLeadMaxMs, Math.max(0, this.seekLeadMs + 0.7 * errorMs));
  }

  private seek(positionMs: number): void {
    if (performance.now() - this.lastSeekMs < seekIntervalMs) return;
    this.moveTo(positionMs + this.seekLeadMs);
  }

  private play(positionMs: number): void {
    this.moveTo(positionMs + this.seekLeadMs);
    void this.audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.show({ needsTap: true });
    });
  }

  private startLater(vector: PlaybackVector, inMs: number): void {
    this.hold(vector.anchorPositionMs);
    clearTimeout(this.startTimer);
    if (inMs < tickMs) this.startTimer = window.setTimeout(() => this.sync(), inMs);
  }

  private hold(positionMs: number): void {
    if (!this.audio.paused) this.audio.pause();
    if (Math.abs(this.audio.currentTime * 1000 - positionMs) > pausedToleranceMs) this.audio.currentTime = positionMs / 1000;
  }

  private moveTo(positionMs: number): void {
    this.lastSeekMs = performance.now();
    this.settledAtMs = Infinity;
    this.corrector.reset();
    this.audio.playbackRate = 1;
    this.audio.currentTime = positionMs / 1000;
  }

  private onSettled(): void {
    if (this.audio.paused) return;
    this.settledAtMs = performance.now() + measureAfterMs;
    this.isMeasuring = true;
  }

  private load(entryId: string, track: Track): void {
    this.entryId = entryId;
    this.corrector.reset();
    this.hasStalled = false;
    this.audio.src = track.url;
    this.show({ hasFailed: false });
  }

  private unload(): void {
    if (this.entryId === null) return;
    this.entryId = null;
    this.audio.removeAttribute("src");
    this.audio.load();
    this.show({ hasFailed: false });
  }

  private show(change: Partial<PlayerView>): void {
    this.current = { ...this.current, ...change };
    this.onView(this.current);
  }
}

/** The song of the vector. Queue and playback are two channels: for a moment one may be ahead of the other. */
function trackOf(room: RoomState): Track | null {
  const entryId = room.playback.entryId;
  if (!entryId) return null;
  const entry = room.queue.current?.entryId === entryId ? room.queue.current : room.queue.window.find((other) => other.entryId === entryId);
  return entry?.track ?? null;
}
