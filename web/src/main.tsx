import { render } from "preact";
import { App } from "./app/App";
import { startWorker } from "./app/worker";
import { LanguageProvider } from "./language/Language";
import { loadLanguage, preferredLanguage } from "./language/languages";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./ui/ui.css";

const app = document.getElementById("app")!;

// Not before the page is there: what the worker keeps should not delay what is shown.
addEventListener("load", () => void startWorker());

loadLanguage(preferredLanguage()).then(
  (initial) =>
    render(
      <LanguageProvider initial={initial}>
        <App />
      </LanguageProvider>,
      app,
    ),
  // Without any language it is said in those that most of its people read.
  () => (app.textContent = "WhatsSound could not be loaded. · No se ha podido cargar WhatsSound."),
);
