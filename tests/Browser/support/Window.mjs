const readingsMax = 10;

/** As browsers do; but the tools that drive this one count as a tap, so that it never would. */
export function refuseSoundUntilTap() {
  const play = HTMLMediaElement.prototype.play;
  let isTapped = false;
  addEventListener("click", () => (isTapped = true), { capture: true });
  HTMLMediaElement.prototype.play = function () {
    return isTapped ? play.call(this) : Promise.reject(new DOMException("play() without a tap", "NotAllowedError"));
  };
}

/** As browsers do with a tab that nobody sees: no frames, and timers once a second. */
function runAsInBackground() {
  const { setTimeout } = window;
  window.setTimeout = (callback, ms, ...values) => setTimeout(callback, Math.max(ms ?? 0, 1_000), ...values);
  window.requestAnimationFrame = () => 0;
}

/** One person's browser window, with storage of its own. */
export class Window {
  errors = [];

  /** Opens an address of the page and gives the person's name. */
  static async open(browser, name, address, { initScript, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    if (initScript) await context.addInitScript(initScript);
    return Window.on(await context.newPage(), name, address);
  }

  /** Opens it in a tab that is there. */
  static async on(page, name, address) {
    const window = new Window(name, page);
    await window.page.goto(address);
    await window.page.fill("#name", name);
    await window.page.click("button[type=submit]");
    return window;
  }

  /** Opens an address as the same person coming back: the page knows the name, and has not been touched yet. */
  again(address) {
    return this.#again(address, refuseSoundUntilTap);
  }

  /** As `again`, in a tab that nobody sees. */
  againInBackground(address) {
    return this.#again(address, runAsInBackground);
  }

  async #again(address, initScript) {
    const context = this.page.context();
    const fresh = await context.browser().newContext({ storageState: await context.storageState() });
    await fresh.addInitScript(initScript);
    const window = new Window(this.name, await fresh.newPage());
    await window.page.goto(address);
    await window.inRoom();
    return window;
  }

  constructor(name, page) {
    this.name = name;
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  /** Opens a room and goes in. */
  async openRoom(name) {
    await this.page.fill("#room-name", name);
    await this.page.click(".create button");
    await this.inRoom();
    return this.page.url();
  }

  async inRoom() {
    try {
      await this.page.waitForSelector("[data-testid=chat]", { state: "attached" });
      await this.connection("live");
      // Frames, by which this would be asked otherwise, do not come in a tab that nobody sees.
      await this.page.waitForFunction(() => window.__whatssound?.player, null, { polling: 50 });
    } catch (cause) {
      throw new Error(`${this.name} is not in a room; the page at ${this.page.url()} says: ${await this.page.innerText("body")}`, { cause });
    }
  }

  /** Waits for what the badge says about the connection. */
  async connection(...states) {
    await this.page.waitForSelector(states.map((state) => `.badge[data-state=${state}]`).join(", "));
  }

  /** What the page knows: see web/README.md. Where the machine holds it up between two things that it reads, it is read again. */
  async read() {
    for (let i = 1; ; i++) {
      const reading = await this.page.evaluate(() => window.__whatssound.read());
      if (reading.tookMs < 1 || i === readingsMax) return reading;
    }
  }

  /** Waits for a condition on what the page knows. The page may not evaluate text (its Content-Security-Policy), so it is asked from here. */
  async until(condition, argument, before = async () => undefined) {
    const untilMs = performance.now() + 60_000;
    for (;;) {
      await before();
      if (condition(await this.read(), argument ?? null)) return;
      if (performance.now() > untilMs) throw new Error(`In 60 s this did not become true: ${condition}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Adds one of the house's songs. */
  async add(title) {
    await this.page.click(`.house button:has-text("${title}")`);
  }

  async say(text) {
    await this.page.fill("#message", text);
    await this.page.press("#message", "Enter");
  }

  /** Waits until the chat shows a text last, and answers all texts. */
  async textsUpTo(last) {
    await this.page.waitForFunction((text) => [...document.querySelectorAll(".message .text")].at(-1)?.textContent === text, last);
    return this.page.locator(".message .text").allTextContents();
  }

  /** The titles of the queue as shown. */
  queue() {
    return this.page.locator("[data-testid=queue] strong").allTextContents();
  }

  async untilQueue(titles) {
    const shown = (wanted) => JSON.stringify([...document.querySelectorAll("[data-testid=queue] strong")].map((node) => node.textContent)) === wanted;
    await this.page.waitForFunction(shown, JSON.stringify(titles));
  }

  close() {
    return this.page.context().close();
  }
}
