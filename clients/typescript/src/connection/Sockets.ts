/** What a socket of either kind has; `terminate`, in Node only, ends it without the server's goodbye. */
export interface Socket {
  close(): void;
  terminate?(): void;
  /** An `EventSource` never tells that it is closed. */
  addEventListener(event: "close", handler: () => void): void;
  /** In Node only. */
  on?(event: "close", handler: () => void): void;
}

/** Calls back when a socket has closed. SignalR's `ws` takes every listener of `addEventListener` away when `onclose` is set, as SignalR does while it stops. */
export function whenClosed(socket: Socket, handler: () => void): void {
  if (socket.on) socket.on("close", handler);
  else socket.addEventListener("close", handler);
}

export type SocketConstructor = new (...args: never[]) => Socket;

/** The sockets of the surroundings: those of the browser, or in Node those that SignalR brings. */
export interface Sockets {
  WebSocket: SocketConstructor | undefined;
  EventSource: SocketConstructor | undefined;
}
