import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { TransportFactory } from "./Transport.js";

/** The transport over SignalR. Its own reconnect stays off: it gives up after four attempts and cannot recover by position. */
export function signalRTransport(url: string): TransportFactory {
  return (events) => {
    const hub = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None).build();
    for (const name of ["frame", "lost", "closing"] as const) hub.on(name, (content: unknown) => events.event(name, content));
    hub.onclose(() => events.closed());
    return {
      start: () => hub.start(),
      stop: () => hub.stop(),
      invoke: (method, request) => hub.invoke<unknown>(method, request),
    };
  };
}
