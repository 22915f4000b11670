import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { Connection } from "@whatssound/client";

const backoffMostMs = 5_000;

/** Follows a channel with this project's library. */
export class LibraryFollower {
  heard = [];
  lost = [];
  verdicts = [];
  position = null;
  #connection;

  /** @param happened a signal that is raised whenever one of these has changed */
  constructor(url, token, happened) {
    this.happened = happened;
    this.#connection = new Connection({ url: `${url}/hub`, token: async () => token });
  }

  async start(name) {
    const channel = this.#connection.channel(name);
    channel.on("verdict", ({ verdict, lostFrom, lostTo }) => {
      this.verdicts.push(verdict);
      if (verdict === "lost") this.lost.push({ from: lostFrom, to: lostTo });
      this.#moved(channel);
    });
    channel.on("publication", ({ offset }) => {
      this.heard.push(offset);
      this.#moved(channel);
    });
    await this.#connection.start();
    this.position = (await channel.subscribe()).position;
    this.from = this.position.offset;
  }

  stop() {
    return this.#connection.stop();
  }

  #moved({ position }) {
    this.position = position;
    this.happened.raise();
  }
}

/** Follows a channel with the plain npm client of SignalR and what docs/protocol.md says: keeps a position, and asks for what came after it on each new connection. */
export class BareFollower {
  heard = [];
  lost = [];
  verdicts = [];
  position = null;
  #hub;
  #held = null;
  #isStopped = false;
  #isConnecting = false;
  #serving;

  /** @param happened a signal that is raised whenever one of these has changed */
  constructor(url, token, happened) {
    this.happened = happened;
    const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, accessTokenFactory: () => token };
    this.#hub = new HubConnectionBuilder().withUrl(`${url}/hub`, options).configureLogging(LogLevel.None).build();
    this.#hub.on("frame", (frame) => (this.#held ? this.#held.push(frame) : this.#take(frame)));
    this.#hub.on("lost", ({ position, lostFrom, lostTo }) => this.#lose(position, lostFrom, lostTo));
    // A connection that closes while it is being made is begun again by who makes it: two at once would stop each other's.
    this.#hub.onclose(() => {
      if (!this.#isStopped && !this.#isConnecting) this.#serving = this.#connect();
    });
  }

  async start(name) {
    this.name = name;
    await this.#connect();
    this.from = this.position.offset;
  }

  async stop() {
    this.#isStopped = true;
    await this.#serving;
    await this.#hub.stop();
  }

  async #connect() {
    this.#isConnecting = true;
    for (let attempt = 0; !this.#isStopped && this.#hub.state !== HubConnectionState.Connected; attempt++) {
      try {
        await this.#hub.start();
        await this.#subscribe();
      } catch {
        await this.#hub.stop();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(backoffMostMs, 500 * 2 ** attempt)));
      }
    }
    this.#isConnecting = false;
  }

  async #subscribe() {
    this.#held = [];
    const answer = await this.#hub.invoke("Subscribe", { channel: this.name, ...(this.position && { since: this.position }) });
    if (!answer.ok) throw new Error(answer.error.code);
    const { position, verdict, lostFrom, publications } = answer.result;
    this.verdicts.push(verdict);
    // What is lost reaches up to where delivery goes on, whatever of it the channel still has.
    if (verdict === "lost") this.#lose(position, lostFrom, position.offset);
    for (const publication of publications) this.heard.push(publication.offset);
    this.position = position;
    const held = this.#held;
    this.#held = null;
    for (const frame of held) this.#take(frame);
    this.happened.raise();
  }

  #take(frame) {
    for (const { offset } of frame.publications) if (offset > this.position.offset) this.heard.push(offset);
    if (frame.headOffset > this.position.offset) this.position = { epoch: frame.epoch, offset: frame.headOffset };
    this.happened.raise();
  }

  #lose(position, from, to) {
    this.lost.push({ from, to });
    this.position = position;
  }
}
