import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CutProxy } from "../../../Gateway/npm/support/CutProxy.mjs";

const folder = fileURLToPath(new URL("../../../../artifacts/screens/evening", import.meta.url));
const sizes = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1280, height: 800 },
];
const patienceMs = 60_000;

/** Somebody at the page, on a network of their own. They know controls by what readers announce, and use them with the hand that they have. */
export class Guest {
  errors = [];

  static async comes(evening, name, { viewport = { width: 1280, height: 800 } } = {}) {
    const proxy = await CutProxy.open(evening.server.url);
    const context = await evening.browser.newContext({ viewport });
    context.setDefaultTimeout(patienceMs);
    return new Guest(evening, name, proxy, await context.newPage());
  }

  constructor(evening, name, proxy, page) {
    this.evening = evening;
    this.name = name;
    this.proxy = proxy;
    this.page = page;
    this.hand = new evening.Hand(page);
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  /** Opens an address of the page over this person's own network. */
  goTo(address) {
    const { pathname, hash } = new URL(address, this.proxy.url);
    return this.page.goto(this.proxy.url + pathname + hash);
  }

  /** Opens an invite or a link as somebody who was never here. */
  async comesBy(link) {
    await this.goTo(link);
    await this.saysName();
    await this.isIn();
  }

  async saysName() {
    await this.write("textbox", "What should the others call you?", this.name);
    await this.press("button", "Come in");
  }

  async isIn() {
    await this.part("Now playing").waitFor();
    // What the page knows can be read once its player is loaded, which comes behind the room.
    await this.page.waitForFunction(() => window.__whatssound?.player, null, { polling: 50 });
  }

  /** Another tab of the same browser. */
  async opensTab() {
    const tab = new Guest(this.evening, this.name, this.proxy, await this.page.context().newPage());
    tab.errors = this.errors;
    return tab;
  }

  part(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  control(role, name, within = this.page) {
    return within.getByRole(role, { name, exact: true });
  }

  press(role, name, within) {
    return this.hand.press(this.control(role, name, within));
  }

  write(role, name, text, within) {
    return this.hand.write(this.control(role, name, within), text);
  }

  choose(name, label, within) {
    return this.hand.choose(this.control("combobox", name, within), label);
  }

  /** Opens what is folded behind a line. */
  unfold(text, within = this.page) {
    return this.hand.press(within.locator("summary", { hasText: text }));
  }

  /** Waits until a text can be read. */
  sees(text, within = this.page) {
    return within.getByText(text).first().waitFor();
  }

  seesNot(text, within = this.page) {
    return within.getByText(text).first().waitFor({ state: "hidden" });
  }

  async says(text) {
    await this.write("combobox", "Message", text);
    await this.press("button", "Send");
  }

  async opensMenu(page) {
    await this.press("button", "Room menu");
    await this.press("button", page, this.page.getByRole("dialog"));
  }

  async closesMenu() {
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("dialog").waitFor({ state: "hidden" });
  }

  /** Does something about somebody in the room: opens what can be done, and leaves it open. */
  async about(name) {
    const person = this.part("Here now").getByRole("listitem").filter({ hasText: name });
    await this.press("button", `What to do about ${name}`, person);
    return person;
  }

  /** Forbids somebody something, for as long as is offered first. */
  async forbids(name, measure, reason) {
    const person = await this.about(name);
    await this.hand.press(this.control("button", measure, person).first());
    await this.write("textbox", "Reason", reason, person);
    await this.hand.press(this.control("button", measure, person).last());
  }

  /** Adds a song of the house. */
  addsHouse(title) {
    return this.hand.press(this.control("list", "Songs of the house").getByRole("button", { name: title }));
  }

  async playsNow(title) {
    const song = this.part("Next up").getByRole("listitem").filter({ hasText: title });
    await this.press("button", `Why ${title} is there, and what to do with it`, song);
    await this.press("button", "Play it now", song);
  }

  async addsByAddress(url, title) {
    const form = this.part("Next up").locator("details", { hasText: "Add a link to a song" });
    if (!(await form.evaluate((element) => element.open))) await this.unfold("Add a link to a song");
    await this.write("textbox", "Address of an audio file", url);
    await this.write("textbox", "Title", title);
    await this.press("button", "Add", form);
  }

  /** What the page knows: see web/README.md. */
  read() {
    return this.page.evaluate(() => window.__whatssound.read());
  }

  /** Waits for a condition on what the page knows. */
  async until(what, condition) {
    const deadline = performance.now() + patienceMs;
    for (let known; !condition((known = await this.read())); ) {
      if (performance.now() > deadline) throw new Error(`${this.name} waited ${patienceMs} ms for this: ${what}; the room is ${JSON.stringify(known.room.playback)}, ${JSON.stringify(known.room.queue)}`);
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Keeps how it looks now, in every size, light and dark. */
  async pictures(name) {
    if (!this.evening.keepsPictures) return;
    mkdirSync(folder, { recursive: true });
    const own = this.page.viewportSize();
    for (const colorScheme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme });
      for (const size of sizes) {
        await this.page.setViewportSize(size);
        await this.page.screenshot({ path: `${folder}/${name}-${size.width}x${size.height}-${colorScheme}.png` });
      }
    }
    await this.page.emulateMedia({ colorScheme: null });
    await this.page.setViewportSize(own);
  }

  async goes() {
    await this.page.context().close();
    await this.proxy.close();
  }
}
