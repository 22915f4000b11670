import { AbortError, DefaultHttpClient, HttpClient, NullLogger, type HttpRequest, type HttpResponse } from "@microsoft/signalr";

/** SignalR's HTTP, whose requests can be ended all at once. */
export class AbortableHttp extends HttpClient {
  private readonly inner = new DefaultHttpClient(NullLogger.instance);
  private readonly open = new Set<() => void>();
  private isAborted = false;

  override async send(request: HttpRequest): Promise<HttpResponse> {
    if (this.isAborted || request.abortSignal?.aborted) throw new AbortError();
    const signal: NonNullable<HttpRequest["abortSignal"]> = { aborted: false, onabort: null };
    const abort = (): void => {
      signal.aborted = true;
      signal.onabort?.();
    };
    this.open.add(abort);
    if (request.abortSignal) request.abortSignal.onabort = abort;
    try {
      return await this.inner.send({ ...request, abortSignal: signal });
    } finally {
      this.open.delete(abort);
      if (request.abortSignal) request.abortSignal.onabort = null;
    }
  }

  override getCookieString(url: string): string {
    return this.inner.getCookieString(url);
  }

  /** Ends every request, those to come too. */
  abort(): void {
    this.isAborted = true;
    for (const abort of this.open) abort();
  }
}
