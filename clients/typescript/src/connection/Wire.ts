import type { Parser } from "../protocol/parse.js";
import { readAnswer } from "./answer.js";
import type { RefusalError } from "../protocol/RefusalError.js";
import { failed } from "./clientRefusals.js";
import type { Environment } from "./Environment.js";
import { LinkDownError } from "./LinkDownError.js";
import { requestBytes } from "./requestBytes.js";
import type { Transport, TransportEvents, TransportFactory } from "./Transport.js";
import { pause, unlessAborted, within } from "./waiting.js";

/** How long one step may take: to connect, to get a token, to get an answer. */
export const stepMs = 10_000;

/** One connection, from its first byte to its last. Whatever waits on it waits 10 s at most, and fails with `LinkDownError` when the connection ends. */
export class Wire {
  private readonly ending = new AbortController();
  private readonly transport: Transport;
  /** What was sent and has no answer. */
  private readonly calls = new Set<{ bytes: number; refusal: RefusalError | null }>();
  private gone: Promise<void> | null = null;

  /** How long to stay away afterwards, if somebody said so: the server, or who ended it. */
  returnAfterMs: number | null = null;

  /** @throws what the factory throws: no connection can be made, now or later. */
  constructor(
    createTransport: TransportFactory,
    private readonly environment: Environment,
    private readonly requestBytesMax: number,
    onEvent: TransportEvents["event"],
  ) {
    this.transport = createTransport({
      event: (name, content) => {
        if (!this.isEnded) onEvent(name, content);
      },
      closed: () => void this.end(),
    });
  }

  get isEnded(): boolean {
    return this.ending.signal.aborted;
  }

  open(): Promise<void> {
    return this.step(this.transport.start());
  }

  /** Sends once; not at all what the server would not take. */
  async invoke<T>(method: string, body: object, parse: Parser<T>): Promise<T> {
    this.ensureOpen();
    const call: { bytes: number; refusal: RefusalError | null } = { bytes: requestBytes(body, this.requestBytesMax), refusal: null };
    this.calls.add(call);
    try {
      return readAnswer(await this.step(this.transport.invoke(method, body).catch((error: unknown) => this.onInvokeFailed(error))), parse);
    } catch (error) {
      throw call.refusal ?? error;
    } finally {
      this.calls.delete(call);
    }
  }

  /** The server ends the connection for something too large: the largest of what has no answer is refused once it has ended, and the rest may be sent again. */
  refuseLargest(refusal: RefusalError): void {
    const [largest] = [...this.calls].sort((a, b) => b.bytes - a.bytes);
    if (largest) largest.refusal = refusal;
  }

  /** Awaits something that this connection needs, for 10 s at most. */
  step<T>(promise: Promise<T>): Promise<T> {
    return within(this.environment, stepMs, unlessAborted(this.ending.signal, promise));
  }

  pause(ms: number): Promise<void> {
    return pause(this.environment, ms, this.ending.signal);
  }

  ensureOpen(): void {
    this.ending.signal.throwIfAborted();
  }

  /** Rejects with `LinkDownError` at the end. */
  untilEnded(): Promise<never> {
    return unlessAborted(this.ending.signal, new Promise<never>(() => undefined));
  }

  /** Ends it at once for everybody here; resolves when nothing of it is left, which nobody has to await. */
  end(): Promise<void> {
    if (!this.gone) {
      this.ending.abort(new LinkDownError());
      this.gone = this.transport.stop().catch(() => undefined);
    }
    return this.gone;
  }

  /** SignalR rejects in the same way for a lost connection and for a failure of the method; the `closed` event tells them apart, a turn later. */
  private async onInvokeFailed(error: unknown): Promise<never> {
    await this.pause(0);
    throw failed(error);
  }
}
