import { createRequire } from "node:module";
import type { SocketConstructor, Sockets } from "./Sockets.js";

// SignalR's own: the versions that it was made for.
const require = createRequire(createRequire(import.meta.url).resolve("@microsoft/signalr"));

export const sockets: Sockets = { WebSocket: require("ws") as SocketConstructor, EventSource: require("eventsource") as SocketConstructor };
