/** One connection to the hub, from start to close; a new one is made for each attempt. */
export interface Transport {
  /** Resolves once connected; what it rejects with has a `status` where an address answered HTTP and no hub. May take for ever: who calls it has a limit, and calls `stop` then. */
  start(): Promise<void>;
  /** Closes, also while starting; resolves when no socket or timer is left. Nobody has to await it. */
  stop(): Promise<void>;
  /** Calls a method with its one argument. Rejects when the connection closes first. */
  invoke(method: string, request: object): Promise<unknown>;
}

/** What a transport tells. */
export interface TransportEvents {
  event(name: "frame" | "lost" | "detached" | "occupancy" | "closing", content: unknown): void;
  /** The connection is closed; nothing follows. */
  closed(): void;
}

/** Makes a transport that is not started yet. Throws only if no attempt can ever succeed, as with an address that is none. */
export type TransportFactory = (events: TransportEvents) => Transport;
