/** One connection to the hub, from start to close; a new one is made for each attempt. */
export interface Transport {
  /** Resolves once connected. */
  start(): Promise<void>;
  /** Closes; `closed` follows. */
  stop(): Promise<void>;
  /** Calls a method with its one argument. Rejects when the connection closes first. */
  invoke(method: string, request: object): Promise<unknown>;
}

/** What a transport tells. */
export interface TransportEvents {
  event(name: "frame" | "lost" | "closing", content: unknown): void;
  closed(): void;
}

export type TransportFactory = (events: TransportEvents) => Transport;
