/** So many times Tab leads once round the fullest page. */
const stopsMost = 250;

/** How a person uses a page with pointer and keyboard. */
export class Pointer {
  constructor(page) {
    this.page = page;
  }

  press(control) {
    return control.click();
  }

  write(field, text) {
    return field.fill(text);
  }

  async choose(list, label) {
    await list.selectOption({ label });
  }
}

/** How a person uses it by keys alone: what Tab does not lead to, they cannot use. */
export class Keys {
  constructor(page) {
    this.page = page;
  }

  async press(control) {
    await this.#goTo(control);
    const type = await control.evaluate((element) => element.type ?? element.localName);
    await this.page.keyboard.press(type === "checkbox" ? "Space" : "Enter");
  }

  async write(field, text) {
    await this.#goTo(field);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.type(text);
  }

  async choose(list, label) {
    await this.#goTo(list);
    await this.page.keyboard.type(label);
    const chosen = await list.evaluate((element) => element.selectedOptions[0].label);
    if (chosen !== label) throw new Error(`Who types ${label} chooses ${chosen}.`);
  }

  async #goTo(control) {
    let element = await control.elementHandle();
    const isThere = () => element.evaluate((wanted) => (wanted.isConnected ? wanted === document.activeElement : null));
    for (let stops = 0, found = await isThere(); found !== true; stops++, found = await isThere()) {
      if (stops > stopsMost) throw new Error(`No key leads to ${control}.`);
      // What was there has been drawn anew.
      if (found === null) element = await control.elementHandle();
      await this.page.keyboard.press("Tab");
    }
  }
}
