import { enter, say, unique } from "./rooms.mjs";

const people = 4;
const votesPerSecond = 4;

/** A lively room: several people chat as fast as they may, and change their votes. */
export class Traffic {
  #isOn = true;
  #work;
  #listeners;

  static async start(server, roomId) {
    const listeners = await Promise.all(Array.from({ length: people }, () => enter(server, roomId, unique("talker"))));
    return new Traffic(listeners);
  }

  constructor(listeners) {
    this.#listeners = listeners;
    this.#work = Promise.all(listeners.flatMap((listener) => [this.#chat(listener), this.#vote(listener)]));
  }

  /** Stops once everything sent was answered. */
  async stop() {
    this.#isOn = false;
    await this.#work;
    await Promise.all(this.#listeners.map((listener) => listener.client.stop()));
  }

  async #chat(listener) {
    for (let i = 0; this.#isOn; i++) await say(listener, `${listener.client.userId} ${i}`);
  }

  async #vote(listener) {
    for (let i = 0; this.#isOn; i++) {
      const entry = listener.newestQueue.window.at(-1);
      if (entry) await listener.client.command("Vote", listener.roomId, { entryId: entry.entryId, value: i % 2 });
      await new Promise((resolve) => setTimeout(resolve, 1000 / votesPerSecond));
    }
  }
}
