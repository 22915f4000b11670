import { startProcess, temporaryData } from "../server.mjs";
import { unique } from "../rooms.mjs";
import { Person } from "./Person.mjs";
import { Promises } from "./Promises.mjs";
import { Tab } from "./Tab.mjs";

/** Graces short enough that an evening takes seconds: who is cut off is missed after one, and a host followed after two more. */
export const shortGraces = {
  "Rooms:HostGrace": "00:00:02",
  "Rooms:SettleTime": "00:00:04",
  "Channels:Rules:5:Pattern": "room:*",
  "Channels:Rules:5:Presence": "true",
  "Channels:Rules:5:PresenceGrace": "00:00:01",
  "Channels:Rules:5:ClientPublish": "false",
};

/** One evening in one room, on a server of its own that may be killed: who is there, and what they were promised. */
export class Evening {
  roomId = unique("evening");
  promises = new Promises();
  people = {};
  tabs = [];
  kills = 0;
  #data;
  #server;
  /** Resolved while the server is not being started again. */
  #isUp = Promise.resolve();

  static async begin() {
    const data = temporaryData();
    return new Evening(data, await startProcess(data, { settings: shortGraces }));
  }

  constructor(data, server) {
    this.#data = data;
    this.#server = server;
    this.url = server.url;
  }

  /** Everybody with this project's library. */
  get listeners() {
    return Object.values(this.people);
  }

  async arrives(name) {
    return (this.people[name] = await Person.arrive(this, name));
  }

  async opens(userId, token) {
    const tab = await Tab.open(this, userId, token);
    this.tabs.push(tab);
    return tab;
  }

  /** Everybody sees it. */
  everybody(what, condition) {
    return Promise.all(this.listeners.map((person) => person.until(what, condition)));
  }

  /** kill -9, and a start with the same data at the same address. */
  isKilled() {
    this.kills++;
    return (this.#isUp = this.#isKilled());
  }

  /** Asks by plain HTTP, and again where the server was killed over it. */
  async asksByHttp(ask) {
    for (;;) {
      await this.#isUp;
      const { kills } = this;
      try {
        return await ask();
      } catch (error) {
        if (kills === this.kills) throw error;
      }
    }
  }

  async #isKilled() {
    await this.#server.kill();
    this.#server = await startProcess(this.#data, { url: this.url, settings: shortGraces });
  }

  async ends() {
    this.network?.ends();
    await Promise.all([...this.listeners.map((person) => person.goes()), ...this.tabs.map((tab) => tab.closes())]);
    await this.#server.stop();
    this.#data.remove();
  }
}
