import { render } from "preact";
import type { Tell } from "../app/Place";
import { LanguageProvider } from "../language/Language";
import { isLanguage, loadLanguage, loadMore, preferredLanguage } from "../language/languages";
import { EmbeddedRoom } from "./EmbeddedRoom";
import { styles } from "./styles";

export type TokenProvider = (signal: AbortSignal) => string | Promise<string>;

export interface MountOptions {
  room: string;
  /** The server's origin; empty where the attribute is no address. */
  server: string;
  language: string | null;
  /** For a room that takes one. */
  invite: string | null;
  /** In an `<iframe>` of the server's page instead of here. */
  isFramed: boolean;
  hasToken: boolean;
  /** What there is to get a token from, now. */
  token(): TokenProvider | { token: string | null; url: string | null };
  tell: Tell;
}

export interface Mounted {
  close(): void;
}

/** Shows a room in an element's own tree, where neither its styles nor the app's reach the other's. */
export async function mount(shadow: ShadowRoot, options: MountOptions): Promise<Mounted> {
  const wanted = options.language?.split("-")[0] ?? "";
  const code = isLanguage(wanted) ? wanted : preferredLanguage();
  // What is to be said where the server does not answer has to be here before it is asked.
  const [initial, { embed }] = await Promise.all([loadLanguage(code), loadMore(code)]);
  shadow.adoptedStyleSheets = [styles()];
  const body = document.createElement("div");
  body.className = "whatssound";
  shadow.replaceChildren(body);
  const over = new AbortController();
  render(
    <LanguageProvider initial={initial} element={body}>
      <EmbeddedRoom texts={embed} options={options} signal={over.signal} />
    </LanguageProvider>,
    body,
  );
  return {
    close: () => {
      over.abort();
      render(null, body);
      body.remove();
    },
  };
}
