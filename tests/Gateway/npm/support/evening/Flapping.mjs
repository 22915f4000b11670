/** A network that comes and goes all the time. */
export class Flapping {
  flaps = 0;
  #person;
  #upMs;
  #downMs;
  #timer;

  constructor(person, { upMs = 700, downMs = 300 } = {}) {
    this.#person = person;
    this.#upMs = upMs;
    this.#downMs = downMs;
    this.#down();
  }

  /** The network stays. */
  ends() {
    clearTimeout(this.#timer);
    this.#person.returns();
  }

  #down() {
    this.flaps++;
    this.#person.dies();
    this.#timer = setTimeout(() => this.#up(), this.#downMs);
  }

  #up() {
    this.#person.returns();
    this.#timer = setTimeout(() => this.#down(), this.#upMs);
  }
}
