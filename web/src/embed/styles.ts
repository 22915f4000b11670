import base from "../styles/base.css?inline";
import controls from "../styles/controls.css?inline";
import tokens from "../styles/tokens.css?inline";
import ui from "../ui/ui.css?inline";
import own from "./embed.css?inline";

/** Those of the features, with the room's own last, as on the page. */
const features = import.meta.glob<string>(["../entrance/*.css", "../room/*/*.css", "../room/room.css"], { query: "?inline", import: "default", eager: true });
const ofFeatures = Object.entries(features).sort(([a], [b]) => Number(a === "../room/room.css") - Number(b === "../room/room.css"));

let sheet: CSSStyleSheet | undefined;

/** The page's styles for an element's tree (`vite.embed.config.mjs` has made them fit one), shared by all elements of a page. */
export function styles(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, base, controls, ui, ...ofFeatures.map(([, css]) => css), own].join("\n"));
  return sheet;
}
