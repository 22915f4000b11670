import { AbortError, DefaultHttpClient, HttpClient, NullLogger, type HttpRequest, type HttpResponse } from "@microsoft/signalr";

/** SignalR's HTTP, whose requests can be ended all at once. */
export class AbortableHttp extends HttpClient {
  private readonly inner = new DefaultHttpClient(NullLogger.instance);
  private readonly open = new Map<() => void, Promise<unknown>>();
  private isAborted = false;

  /** What the address answered where it was asked how to connect and refused. */
  refusedWith: number | undefined;

  override async send(request: HttpRequest): Promise<HttpResponse> {
    if (this.isAborted || request.abortSignal?.aborted) throw new AbortError();
    const signal: NonNullable<HttpRequest["abortSignal"]> = { aborted: false, onabort: null };
    const abort = (): void => {
      signal.aborted = true;
      signal.onabort?.();
    };
    if (request.abortSignal) request.abortSignal.onabort = abort;
    const sending = this.inner.send({ ...request, abortSignal: signal });
    this.open.set(abort, sending);
    try {
      return await sending;
    } catch (error) {
      if (request.url?.includes("/negotiate?")) this.refusedWith = (error as { statusCode?: number }).statusCode;
      throw error;
    } finally {
      this.open.delete(abort);
      if (request.abortSignal) request.abortSignal.onabort = null;
    }
  }

  override getCookieString(url: string): string {
    return this.inner.getCookieString(url);
  }

  /** Ends every request, those to come too; resolves when they have ended. */
  async abort(): Promise<void> {
    this.isAborted = true;
    const sending = [...this.open.values()];
    for (const abort of this.open.keys()) abort();
    await Promise.allSettled(sending);
  }
}
