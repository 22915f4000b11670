import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection, type IHttpConnectionOptions } from "@microsoft/signalr";
import { sockets } from "#sockets";
import { AbortableHttp } from "./AbortableHttp.js";
import { startCalmly } from "./calm.js";
import { whenClosed, type Socket, type SocketConstructor } from "./Sockets.js";
import type { Transport, TransportEvents, TransportFactory } from "./Transport.js";
import { TransportChoice, type TransportPlan } from "./TransportChoice.js";

const requestMs = 10_000;
const hungMs = 5_000;
const goodbyeMs = 1_000;

/** The transport over SignalR: WebSocket first, without negotiation; see `TransportChoice`. Making one throws if the address is none of http or https. */
export function signalRTransport(url: string): TransportFactory {
  const choice = new TransportChoice();
  return (events) => new SignalRTransport(addressOf(url), choice, events);
}

function addressOf(url: string): string {
  const address = new URL(url, globalThis.location?.href);
  if (!/^https?:$/.test(address.protocol)) throw new TypeError(`Not an http address: ${url}`);
  return address.href;
}

/**
 * One connection over SignalR, whose own reconnect stays off: it gives up after four attempts and cannot recover by position. SignalR cannot stop what it is
 * still starting, so the sockets and requests that it makes are known here, and ended here.
 */
class SignalRTransport implements Transport {
  private readonly http = new AbortableHttp();
  private readonly open = new Map<Socket, HttpTransportType>();
  private readonly plan: TransportPlan;
  private readonly hub: HubConnection;
  private phase: "idle" | "starting" | "open" | "closed" = "idle";
  private startedMs = 0;
  private newest = HttpTransportType.None;

  constructor(
    url: string,
    private readonly choice: TransportChoice,
    events: TransportEvents,
  ) {
    this.plan = choice.next();
    this.hub = new HubConnectionBuilder().withUrl(url, this.options()).configureLogging(LogLevel.None).build();
    for (const name of ["frame", "lost", "detached", "occupancy", "closing"] as const) this.hub.on(name, (content: unknown) => events.event(name, content));
    this.hub.onclose(() => events.closed());
  }

  async start(): Promise<void> {
    this.phase = "starting";
    this.startedMs = performance.now();
    try {
      await startCalmly(this.hub);
    } catch (error) {
      this.settle("closed");
      throw Object.assign(error as Error, { status: this.http.refusedWith });
    }
    this.settle("open");
  }

  async stop(): Promise<void> {
    const wasOpen = this.phase === "open";
    this.settle("closed");
    const stopped = this.hub.stop().catch(() => undefined);
    if (wasOpen) await this.goodbye(stopped);
    await Promise.all([this.http.abort(), ...[...this.open.keys()].map(ended)]);
  }

  invoke(method: string, request: object): Promise<unknown> {
    return this.hub.invoke<unknown>(method, request);
  }

  /** What came of the attempt is told once; an attempt that is stopped when it has had some time hung. */
  private settle(phase: "open" | "closed"): void {
    if (this.phase === "starting") {
      const isHung = performance.now() - this.startedMs >= hungMs;
      if (phase === "open") this.choice.worked(this.plan);
      else this.choice.failed(this.plan, isHung ? this.newest : HttpTransportType.None);
    }
    if (this.phase !== "closed") this.phase = phase;
  }

  /** Gives the server some time to hear the goodbye and to answer it. */
  private async goodbye(stopped: Promise<void>): Promise<void> {
    const closing = [...this.open].filter(([, kind]) => kind === HttpTransportType.WebSockets).map(([socket]) => untilClosed(socket));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, goodbyeMs)));
    await Promise.race([late, Promise.all([stopped, ...closing])]);
    clearTimeout(timer);
  }

  private options(): IHttpConnectionOptions {
    const own = {
      WebSocket: this.tracked(sockets.WebSocket, HttpTransportType.WebSockets),
      EventSource: this.tracked(sockets.EventSource, HttpTransportType.ServerSentEvents),
    };
    return { ...this.plan, httpClient: this.http, timeout: requestMs, ...own };
  }

  /** The constructor of a socket, known from its first moment until it is closed. */
  private tracked(Base: SocketConstructor | undefined, kind: HttpTransportType): SocketConstructor | undefined {
    if (!Base) return undefined;
    const track = (socket: Socket): void => {
      this.newest = kind;
      this.open.set(socket, kind);
      whenClosed(socket, () => this.open.delete(socket));
      if (this.phase === "closed") socket.close();
    };
    return class extends Base {
      constructor(...args: never[]) {
        super(...args);
        track(this);
      }
    };
  }
}

/** Ends a socket without waiting for the other side, where that can be done; resolves when it has gone. */
async function ended(socket: Socket): Promise<void> {
  if (!socket.terminate) return socket.close();
  const closed = untilClosed(socket);
  socket.terminate();
  await closed;
}

function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => whenClosed(socket, resolve));
}
