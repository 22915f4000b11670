import { alarm } from "../app/Alarm";
import { isSeekable } from "./isSeekable";
import { retryMs } from "./retryMs";
import { passing, type Trouble } from "./trouble";

/** What is only needed where a song's host is a bad one. */
const rescue = () => import("./rescue");

const decodeErrorsMax = 2;

/** What a deck tells. Each may come at any time. */
export interface DeckEvents {
  /** Something about it is new: look at all of it. */
  changed(): void;
  /** The audio goes from where it was put. */
  settled(): void;
  /** It went silent, or was heard again, and not by what the page did: headphones were pulled out, a call came. */
  pausedOutside(isPaused: boolean): void;
  /** The browser makes no sound before somebody has touched the page. */
  refused(): void;
}

/** One audio element and the song in it: loads it, again where that may help, whole where its host sends no parts, and knows what is wrong with it. */
export class Deck {
  readonly audio = new Audio();
  /** Its data ran out since this was last looked at. */
  hasStarved = false;
  /** What is wrong with its song; the deck alone changes it. */
  trouble: Trouble | null = null;
  private source: { entryId: string; url: string } | null = null;
  private file: string | null = null;
  private attempts = 0;
  private isWanted = false;
  private callOff = (): void => undefined;
  private loading = new AbortController();
  private decodeErrors = 0;

  constructor(private readonly events: DeckEvents) {
    const { audio } = this;
    audio.preload = "auto";
    // A change of speed by up to 1.5 % is not heard as pitch, and keeping the pitch would cost quality.
    audio.preservesPitch = false;
    audio.addEventListener("loadedmetadata", () => this.onMetadata());
    audio.addEventListener("error", () => void this.onError());
    for (const name of ["canplay", "canplaythrough", "ended", "durationchange"]) audio.addEventListener(name, () => this.source && events.changed());
    for (const name of ["playing", "seeked"]) audio.addEventListener(name, () => this.source && this.onSettled());
    audio.addEventListener("waiting", () => (this.hasStarved = true));
    audio.addEventListener("pause", () => this.onPause());
    audio.addEventListener("play", () => !this.isWanted && !audio.paused && this.source && events.pausedOutside(false));
  }

  get entryId(): string | null {
    return this.source?.entryId ?? null;
  }

  /** Whether all that is needed to play it to its end is there, or comes fast enough. */
  get isReady(): boolean {
    return this.source !== null && this.audio.readyState === HTMLMediaElement.HAVE_ENOUGH_DATA;
  }

  /** Whether it can be started in the middle. */
  get isSeekable(): boolean {
    return this.trouble !== "unseekable";
  }

  load(entryId: string, url: string): void {
    this.clear();
    this.source = { entryId, url };
    this.open(url);
  }

  clear(): void {
    this.halt();
    this.attempts = 0;
    this.decodeErrors = 0;
    this.trouble = null;
    this.hasStarved = false;
    if (this.file) URL.revokeObjectURL(this.file);
    this.file = null;
    if (!this.source) return;
    this.source = null;
    this.empty();
  }

  play(): void {
    this.isWanted = true;
    void this.audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.events.refused();
    });
  }

  pause(): void {
    this.isWanted = false;
    if (!this.audio.paused) this.audio.pause();
  }

  /** To be called from a click or a key: from then on the browser lets this element make sound whenever it should, and load songs where nobody sees the page. */
  prime(silence: string): void {
    if (this.isWanted) return;
    if (!this.source) this.audio.src = silence;
    void this.audio.play().catch(() => undefined);
    if (this.source) this.audio.pause();
  }

  /** Tries again at once what was to be tried again later: the network is back. */
  hurry(): void {
    if (this.source && this.trouble && passing.has(this.trouble)) this.open(this.source.url);
  }

  /** Loads it anew: nothing has come for too long. */
  again(): void {
    if (!this.source) return;
    this.attempts++;
    this.open(this.file ?? this.source.url);
  }

  private open(address: string): void {
    this.halt();
    this.audio.src = address;
  }

  /** Whatever was under way is not any more. */
  private halt(): void {
    this.callOff();
    this.loading.abort();
    this.loading = new AbortController();
    this.isWanted = false;
  }

  private empty(): void {
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  private onMetadata(): void {
    const { audio, source } = this;
    if (!source) return;
    this.become(this.trouble === "unseekable" ? "unseekable" : null);
    if (!isSeekable(audio) && !this.file && this.trouble === null) void this.takeWhole(source.url);
  }

  private async takeWhole(url: string): Promise<void> {
    this.halt();
    this.empty();
    const { signal } = this.loading;
    const whole = await rescue().then(({ fetchWhole }) => fetchWhole(url, signal), () => ({ kind: "failed" }) as const);
    if (signal.aborted) return;
    if (whole.kind === "failed") return this.tryAgain("unreachable");
    if (whole.kind === "refused") this.become("unseekable");
    else this.file = URL.createObjectURL(whole.blob);
    this.open(this.file ?? url);
  }

  private async onError(): Promise<void> {
    const { audio, source } = this;
    const { signal } = this.loading;
    if (!source || !audio.error) return;
    const { code } = audio.error;
    this.isWanted = false;
    this.attempts++;
    if (code === MediaError.MEDIA_ERR_DECODE) this.decodeErrors++;
    const trouble = await this.causeOf(code, source.url);
    if (signal.aborted) return;
    // What was broken on its way is whole the next time.
    const isWorthwhile = passing.has(trouble) || (this.decodeErrors > 0 && this.decodeErrors < decodeErrorsMax);
    if (isWorthwhile) this.tryAgain(trouble);
    else this.become(trouble);
  }

  private async causeOf(code: number, url: string): Promise<Trouble> {
    if (code === MediaError.MEDIA_ERR_DECODE || this.file) return "undecodable";
    if (code === MediaError.MEDIA_ERR_NETWORK) return "unreachable";
    return rescue().then(({ diagnose }) => diagnose(url, this.attempts), () => "unreachable" as const);
  }

  private tryAgain(trouble: Trouble): void {
    this.become(trouble);
    this.callOff = alarm.after(retryMs(this.attempts), () => this.source && this.open(this.source.url));
  }

  private become(trouble: Trouble | null): void {
    this.trouble = trouble;
    this.events.changed();
  }

  private onSettled(): void {
    if (!this.audio.paused) this.attempts = 0;
    this.events.settled();
  }

  private onPause(): void {
    const { audio } = this;
    if (!this.isWanted || !audio.paused || !this.source || audio.ended || audio.error) return;
    this.isWanted = false;
    this.events.pausedOutside(true);
  }
}
