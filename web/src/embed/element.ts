import type { Mounted, MountOptions, TokenProvider } from "./mount";

const attributes = ["room", "server", "token", "token-url", "framed", "lang", "invite"] as const;

/**
 * `<whatssound-room room="friday" server="https://rooms.example">`: a listening room in the page of an app, docs/embedding.md. The app says who its user is with `token`, with
 * `token-url`, or with the property `tokenProvider`, which is asked whenever a token is needed. Events: `joined`, `ended`, `error`.
 */
class WhatsSoundRoom extends HTMLElement {
  static readonly observedAttributes = attributes;

  private readonly shadow = this.attachShadow({ mode: "open" });
  private provider: TokenProvider | null = null;
  private mounted: Promise<Mounted | null> = Promise.resolve(null);
  private isDue = false;

  constructor() {
    super();
    // What an app has set before this code was there hides the property.
    if (!Object.hasOwn(this, "tokenProvider")) return;
    const early = this.tokenProvider;
    delete (this as { tokenProvider?: unknown }).tokenProvider;
    this.tokenProvider = early;
  }

  /** Answers a token of the app's user, each time that one is needed. */
  get tokenProvider(): TokenProvider | null {
    return this.provider;
  }

  set tokenProvider(provider: TokenProvider | null) {
    const isNews = (provider === null) !== (this.provider === null);
    this.provider = provider;
    // One function for another, as React hands them over at each rendering, is asked the next time and disturbs nobody.
    if (isNews) this.show();
  }

  connectedCallback(): void {
    this.show();
  }

  disconnectedCallback(): void {
    this.show();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    // A fresh token is for the next time that one is asked for.
    if (before !== after && (name !== "token" || before === null || after === null)) this.show();
  }

  /** Shows what the attributes say once they have all been set, or nothing where the element is no longer in a page. */
  private show(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      const options = this.isConnected ? this.options() : null;
      this.mounted = this.mounted.then(async (former) => {
        former?.close();
        return options && this.isConnected ? (await import("./mount")).mount(this.shadow, options) : null;
      });
      this.mounted.catch((error: unknown) => {
        this.mounted = Promise.resolve(null);
        this.shadow.textContent = "WhatsSound could not be loaded. · No se ha podido cargar WhatsSound.";
        this.tell("error", { code: "UNAVAILABLE", message: String(error) });
      });
    });
  }

  private options(): MountOptions {
    return {
      room: this.getAttribute("room") ?? "",
      // The server whose script this is, unless said otherwise.
      server: originOf(this.getAttribute("server") || import.meta.url),
      language: this.getAttribute("lang"),
      invite: this.getAttribute("invite"),
      isFramed: this.hasAttribute("framed"),
      hasToken: this.provider !== null || this.hasAttribute("token") || this.hasAttribute("token-url"),
      token: () => this.provider ?? { token: this.getAttribute("token"), url: this.getAttribute("token-url") },
      tell: (event, detail) => this.tell(event, detail),
    };
  }

  private tell(event: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}

function originOf(address: string): string {
  return URL.canParse(address, location.href) ? new URL(address, location.href).origin : "";
}

if (!customElements.get("whatssound-room")) customElements.define("whatssound-room", WhatsSoundRoom);
