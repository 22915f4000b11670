import { shortGraces } from "../../../Gateway/npm/support/evening/Evening.mjs";
import { Flapping } from "../../../Gateway/npm/support/evening/Flapping.mjs";
import { launch } from "../browser.mjs";
import { serverWithSongs } from "../songRooms.mjs";
import { Guest } from "./Guest.mjs";

/** However long the evening takes on a slow machine: whoever has only listened for some minutes has no say in what is voted on. */
const nobodyIsAway = { "Rooms:AwayAfter": "01:00:00" };

/** One evening in one room in real browsers: who is there, and with what hands. */
export class Party {
  people = {};

  static async begin(Hand, { keepsPictures }) {
    return new Party(await serverWithSongs({ ...shortGraces, ...nobodyIsAway }), await launch(), Hand, keepsPictures);
  }

  constructor(server, browser, Hand, keepsPictures) {
    this.server = server;
    this.browser = browser;
    this.Hand = Hand;
    this.keepsPictures = keepsPictures;
  }

  async arrives(name, options) {
    return (this.people[name] = await this.opens(name, options));
  }

  /** A browser of somebody who is not to be with the others. */
  opens(name, options) {
    return Guest.comes(this, name, options);
  }

  /** The network of somebody comes and goes from now on, as on a train between tunnels. */
  flaps({ proxy }) {
    this.network = new Flapping({ dies: () => proxy.cut(), returns: () => proxy.restore() }, { upMs: 4_000, downMs: 1_000 });
  }

  /** Everybody but the troll. */
  get friends() {
    return Object.values(this.people).filter(({ name }) => name !== "Tim");
  }

  everybody(does) {
    return Promise.all(this.friends.map(does));
  }

  /** Everybody whose network stays: a song that came and went while somebody was away is not in what their page lists as played. */
  steady(does) {
    return Promise.all(this.friends.filter(({ name }) => name !== "Dan").map(does));
  }

  async ends() {
    this.network?.ends();
    await Promise.all(Object.values(this.people).map((guest) => guest.goes()));
    await this.browser.close();
    await this.server.stop();
  }
}
