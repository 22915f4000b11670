import type { HubConnection } from "@microsoft/signalr";
import { deferred } from "./deferred.js";

/** What of SignalR is reached into; its version is exact. */
interface Inside {
  _handshakeResolver?: () => void;
  _handshakeRejecter?: (error: unknown) => void;
  _stopDuringStartError?: unknown;
  connection: { _stopConnection(error?: unknown): void };
}

/**
 * Starts a connection of SignalR. Where all that the server says is there before the client runs again, as when the machine slept while it connected, a refused handshake
 * throws into the socket, rejects a promise that nobody awaits, and leaves the start pending; the first two end a Node process. Here it is a start that fails.
 */
export function startCalmly(hub: HubConnection): Promise<void> {
  const inside = hub as unknown as Inside;
  const { connection } = inside;
  const closedEarly = deferred<never>();
  const stop = connection._stopConnection.bind(connection);
  connection._stopConnection = (error) => {
    try {
      stop(error);
    } catch (thrown) {
      closedEarly.reject(thrown);
    }
  };
  const starting = hub.start();
  // The way in which SignalR itself fails a start whose connection is closed meanwhile.
  inside._handshakeRejecter = (error) => {
    inside._stopDuringStartError = error;
    inside._handshakeResolver?.();
  };
  return Promise.race([starting, closedEarly.promise]);
}
