import { randomUUID } from "node:crypto";
import { Client } from "../Client.mjs";
import { CutProxy } from "../CutProxy.mjs";

const attemptsMax = 200;
const againMs = 100;

/** A tab of somebody who uses the plain client of SignalR: sends again, with the same id, what got no answer, and keeps every frame that came. */
export class Tab {
  frames = [];
  answers = [];
  #evening;
  #proxy;
  #client;
  #token;
  #connecting = null;
  #isIn = false;

  static async open(evening, userId, token) {
    return new Tab(evening, userId, token, await CutProxy.open(evening.url));
  }

  constructor(evening, userId, token, proxy) {
    this.#evening = evening;
    this.userId = userId;
    this.#token = token;
    this.#proxy = proxy;
  }

  /** Comes into the room, and again on each new connection, as a page would. */
  async joins(fields = {}) {
    const answer = await this.commands("JoinRoom", fields);
    this.#isIn = answer.ok;
    return answer;
  }

  /** The whole answer to a request, whatever it takes to get one. */
  async asks(method, request) {
    for (let attempt = 0; ; attempt++) {
      try {
        const client = await this.#connected();
        const answer = await client.pace(() => client.call(method, request));
        if (answer.ok || !["TIMEOUT", "NOT_READY"].includes(answer.error.code) || attempt === attemptsMax) return this.#note(method, answer);
      } catch (error) {
        if (attempt === attemptsMax) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  /** A command to the room; what is acknowledged is promised. */
  async commands(method, fields = {}) {
    const { roomId, promises } = this.#evening;
    const answer = await this.asks(method, { roomId, commandId: randomUUID(), ...fields });
    if (answer.ok) promises.kept(this.userId, method, fields, answer.result);
    return answer;
  }

  /** The connection is gone without a goodbye; the next request makes another. */
  breaks() {
    this.#proxy.cut();
    this.#proxy.restore();
    return this.#client.happened.until("the tab's connection is gone", () => this.#client.isClosed);
  }

  async closes() {
    await this.#client?.stop();
    await this.#proxy.close();
  }

  async #connected() {
    if (this.#client && !this.#client.isClosed) return this.#client;
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = null));
    return this.#connecting;
  }

  async #connect() {
    const client = await Client.connect(this.#evening, this.userId, { via: this.#proxy.url, token: this.#token });
    client.onEvent((name, content) => name === "frame" && this.frames.push(content));
    if (this.#isIn) await client.call("JoinRoom", { roomId: this.#evening.roomId, commandId: randomUUID() });
    return (this.#client = client);
  }

  #note(method, answer) {
    this.answers.push({ method, code: answer.error?.code ?? null });
    return answer;
  }
}
