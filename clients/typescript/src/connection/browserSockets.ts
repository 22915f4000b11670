import type { Sockets } from "./Sockets.js";

export const sockets: Sockets = { WebSocket: globalThis.WebSocket, EventSource: globalThis.EventSource };
