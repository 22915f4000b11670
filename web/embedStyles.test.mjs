import assert from "node:assert/strict";
import { test } from "node:test";
import { forElement } from "./embedStyles.mjs";

test("what is the window's on the page is the element's in an app", () => {
  assert.equal(forElement(":root { width: 1.5rem; height: max(100dvh, 2rem); gap: 4vw }"), ":host { width: 24px; height: max(100cqh, 32px); gap: 4cqw }");
  assert.equal(forElement("body {\n}\n.somebody { }"), ".whatssound {\n}\n.somebody { }");
  assert.equal(forElement("@media (max-width: 52rem) or (max-height: 34rem) {"), "@container (max-width: 832px) or (max-height: 544px) {");
  assert.equal(forElement("@media (prefers-reduced-motion: reduce) { p { width: 1px } }"), "@media (prefers-reduced-motion: reduce) { p { width: 1px } }");
});

test("an app may change what the page has as a variable, and not what the system asks for", () => {
  const css = ":root {\n  --ink: light-dark(#000, #fff);\n}\n@media (forced-colors: active) {\n  :root {\n    --ink: CanvasText;\n  }\n}";
  assert.equal(forElement(css, { isTheme: true }), ":host {\n  --ink: var(--whatssound-ink, light-dark(#000, #fff));\n}\n@media (forced-colors: active) {\n  :host {\n    --ink: CanvasText;\n  }\n}");
});
