import { randomUUID } from "node:crypto";
import { HubConnectionBuilder, HttpTransportType, LogLevel } from "@microsoft/signalr";
import { askAgain } from "./askAgain.mjs";
import { Signal } from "./Signal.mjs";
import { fetchToken } from "./tokens.mjs";

/** A plain SignalR connection as an app developer would write it: the npm client, and nothing of this project. */
export class Client {
  #hub;
  happened = new Signal();
  isClosed = false;
  handlers = [];

  /** Connects as a user; `via` is another address to the same server. */
  static async connect(server, userId, { via = server.url, token, name } = {}) {
    const client = new Client(userId, name ?? userId, via, token ?? (await fetchToken(server.url, userId, name)));
    await client.#hub.start();
    return client;
  }

  constructor(userId, name, url, token) {
    this.userId = userId;
    this.name = name;
    this.#hub = new HubConnectionBuilder()
      .withUrl(`${url}/hub`, { transport: HttpTransportType.WebSockets, accessTokenFactory: () => token })
      .configureLogging(LogLevel.None)
      .build();
    for (const name of ["frame", "lost", "closing"]) this.#hub.on(name, (content) => this.#tell(name, content));
    this.#hub.onclose(() => {
      this.isClosed = true;
      this.happened.raise();
    });
  }

  /** The whole answer, refused or not. More or fewer arguments than one are possible on purpose. */
  call(method, ...request) {
    return this.#hub.invoke(method, ...request);
  }

  /** The result of a request that should not be refused; sent again as it is where the server says that it may be. */
  async ask(method, request) {
    const answer = await askAgain(() => this.call(method, request));
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  }

  /** A command to a room, with an id of its own. */
  command(method, roomId, request = {}) {
    return this.ask(method, { roomId, commandId: randomUUID(), ...request });
  }

  /** Repeats a call for as long as it is too fast, after the time that the server gives. */
  pace(call) {
    return askAgain(call, (error) => error.code === "RATE_LIMITED");
  }

  /** Registers a handler of all events. */
  onEvent(handler) {
    this.handlers.push(handler);
  }

  /** Says goodbye to the connection. */
  stop() {
    return this.#hub.stop();
  }

  #tell(name, content) {
    for (const handler of this.handlers) handler(name, content);
    this.happened.raise();
  }
}
