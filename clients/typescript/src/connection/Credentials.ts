import { identity, timeAnswer } from "../protocol/results.js";
import type { Identity } from "../protocol/rooms.js";
import { ended } from "./clientRefusals.js";
import { LinkDownError } from "./LinkDownError.js";
import type { Wire } from "./Wire.js";

const renewBeforeMs = 60_000;
const renewalLeastMs = 30_000;
const renewalMostMs = 2 ** 31 - 1;

/** Answers a fresh token. The signal is aborted when nobody waits for it any more: after 10 s, or when the connection has ended. */
export type TokenSource = (signal: AbortSignal) => Promise<string>;

/** Shows the server who this client is: with a fresh token on each connection, and with another one before that runs out. */
export class Credentials {
  private showing: { wire: Wire; done: Promise<void> } | null = null;
  private told: string | undefined;
  /** What the server has taken back: it is not shown again. */
  private lost: string | undefined;

  /** Who this client is, since it was first said. */
  identity: Identity | null = null;

  constructor(
    private readonly token: TokenSource,
    private readonly onFailed: (error: unknown) => void,
  ) {}

  /** Shows a fresh token, once however many ask for it. */
  show(wire: Wire): Promise<void> {
    if (this.showing?.wire === wire) return this.showing.done;
    const showing = { wire, done: this.showOnce(wire) };
    const forget = (): void => {
      if (this.showing === showing) this.showing = null;
    };
    showing.done.then(forget, forget);
    this.showing = showing;
    return showing.done;
  }

  /** The server has said no, by this code: maybe to what was shown last. */
  failed(code: string): void {
    if (code === "TOKEN_REVOKED") this.lost = this.told;
  }

  /** Renews the token until the connection ends; a renewal that failed is tried again after 30 s. */
  async keep(wire: Wire): Promise<void> {
    try {
      for (;;) {
        await wire.pause(await this.renewalMs(wire));
        await this.show(wire).catch((error: unknown) => this.tell(error));
      }
    } catch {
      // The connection has ended.
    }
  }

  private async showOnce(wire: Wire): Promise<void> {
    const token = await this.fresh(wire);
    if (token === this.lost) throw ended("CLOSED", "TOKEN_REVOKED");
    this.told = token;
    this.identity = await wire.invoke("Authenticate", { token }, identity);
  }

  private async fresh(wire: Wire): Promise<string> {
    const over = new AbortController();
    try {
      const token: unknown = await wire.step(Promise.resolve(over.signal).then(this.token));
      if (typeof token === "string" && token) return token;
      throw new TypeError(`The token function answered ${token === "" ? "an empty text" : typeof token}.`);
    } finally {
      over.abort();
    }
  }

  /** How long until the token should be renewed, by the server's clock: this machine's may be hours off. */
  private async renewalMs(wire: Wire): Promise<number> {
    try {
      const { t3Us } = await wire.invoke("Time", { t1Us: 0 }, timeAnswer);
      const lifeMs = this.identity!.expiresAtMs - t3Us / 1000;
      return Math.min(Math.max(lifeMs - renewBeforeMs, lifeMs / 2, renewalLeastMs), renewalMostMs);
    } catch {
      return renewalLeastMs;
    }
  }

  private tell(error: unknown): void {
    if (!(error instanceof LinkDownError)) this.onFailed(error);
  }
}
