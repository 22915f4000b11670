import { RoomConnection } from "@whatssound/client";
import { CutProxy } from "../CutProxy.mjs";
import { Signal } from "../Signal.mjs";
import { fetchToken } from "../tokens.mjs";

/** Somebody who listens with this project's library, on a machine of their own whose network can be cut, and writes down what they saw that must not be. */
export class Person {
  happened = new Signal();
  faults = [];
  hosts = [];
  #promises;
  #proxy;

  static async arrive(evening, name) {
    const proxy = await CutProxy.open(evening.url);
    const person = new Person(evening, name, proxy);
    await person.room.start();
    return person;
  }

  constructor({ url, promises }, name, proxy) {
    this.userId = name;
    this.#promises = promises;
    this.#proxy = proxy;
    this.room = new RoomConnection({ url: `${proxy.url}/hub`, token: (signal) => fetchToken(url, name, name, signal) });
    this.room.on("room", (state) => this.#look(state));
    this.room.on("state", () => this.happened.raise());
    this.room.on("left", (reason) => this.faults.push(`${name} was sent away: ${reason.code}`));
    this.room.on("publication", ({ publication: { event, data } }) => event === "hostChanged" && this.hosts.push(data));
  }

  /** What this person sees of the room. */
  get view() {
    return this.room.room;
  }

  /** Comes into a room, by an invite if there is one. */
  async join(roomId, invite) {
    await this.room.join(roomId, { of: this.userId }, invite && { invite });
  }

  /** Gives a command; what is acknowledged is promised. */
  async does(method, request = {}) {
    const receipt = await this.room.command(method, request);
    this.#promises.kept(this.userId, method, request, receipt);
    return receipt;
  }

  says(text) {
    return this.does("SendChat", { text });
  }

  /** The machine dies: its sockets are gone without a goodbye. */
  dies() {
    this.#proxy.cut();
  }

  /** The machine is back. */
  returns() {
    this.#proxy.restore();
    this.room.wake();
  }

  // A busy machine needs most of it to start a killed server again.
  until(what, condition, deadlineMs = 90_000) {
    return this.happened.until(`${this.userId} sees: ${what}`, () => this.view && condition(this.view), deadlineMs);
  }

  toString() {
    const { hostUserId, members = [], playback } = this.view ?? {};
    return `${this.userId} is ${this.room.state}, sees host ${hostUserId} of [${members.map((member) => member.userId)}], ${playback?.status}; was told ${JSON.stringify(this.hosts)}`;
  }

  async goes() {
    await this.room.stop();
    await this.#proxy.close();
  }

  #seen = null;

  /** A room never has two hosts, its vector and its queue never go back, and a song that is over does not play again. */
  #look(state) {
    const before = this.#seen;
    this.#seen = state;
    const hosts = state.members.filter((member) => member.isHost).map((member) => member.userId);
    if (hosts.length > 1) this.faults.push(`${this.userId} saw two hosts: ${hosts}`);
    if (before) {
      const [was, is] = [before.playback, state.playback];
      if (is.epoch < was.epoch || (is.epoch === was.epoch && is.revision < was.revision)) this.faults.push(`${this.userId} saw vector ${is.epoch}/${is.revision} after ${was.epoch}/${was.revision}`);
      if (state.queue.revision < before.queue.revision) this.faults.push(`${this.userId} saw queue ${state.queue.revision} after ${before.queue.revision}`);
    }
    this.happened.raise();
  }
}
