import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const folder = fileURLToPath(new URL("../../../artifacts/screens", import.meta.url));

/** A window of 1280x1024 at 400 % has 320x256 CSS pixels, and at 200 % 640x512, of which toolbars take some. */
export const sizes = [
  [320, 256],
  [320, 568],
  [390, 844, "looked at"],
  [640, 400],
  [844, 390, "looked at"],
  [1280, 800, "looked at"],
  [1920, 1080, "looked at"],
].map(([width, height, looked]) => ({ width, height, isLookedAt: looked !== undefined }));

const schemes = ["light", "dark"];

/** The roles of what people use by pointer, finger or key. */
const roles = ["button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "switch", "slider", "spinbutton", "tab", "menuitem"];

/** The page may run no text as code, so axe is there before it. */
export const withAxe = (context) => context.addInitScript(axe);

/** What is wrong with the shape of a page as it is shown now, in sentences. Colours are not looked at. */
export async function misshapen(page) {
  const controls = await Promise.all([unreachable, cutOff].flatMap((look) => roles.map((role) => page.getByRole(role).evaluateAll(look, role))));
  return [...(await page.evaluate(sideways)), ...controls.flat()];
}

/**
 * What is wrong with a page in a size, in sentences. Its shape is the same in both schemes and is looked at once; in sizes whose layouts differ, axe looks at each scheme, and there is a
 * picture for people to look at.
 */
export async function faultsOf(page, screen, size, { within = "html" } = {}) {
  const faults = await misshapen(page);
  if (!size.isLookedAt) return faults;
  return [...faults, ...(await violationsOf(page, { within, look: (scheme) => shoot(page, screen, size, scheme) }))];
}

/** What axe finds wrong with a page in light and in dark. */
export async function violationsOf(page, { within = "html", look } = {}) {
  const faults = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await look?.(scheme);
    faults.push(...(await page.evaluate(violations, { wcag, within })).map((fault) => `${scheme}: ${fault}`));
  }
  return faults;
}

/** artifacts/screens/{screen}-{width}x{height}-{scheme}.png */
async function shoot(page, screen, { width, height }, scheme) {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${folder}/${screen}-${width}x${height}-${scheme}.png` });
}

/** The page, and what scrolls in it up and down, does not scroll sideways; nothing hangs over its edge. */
function sideways() {
  const found = [];
  const root = document.documentElement;
  const all = (from) => [...from.querySelectorAll("*")].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
  if (root.scrollWidth > root.clientWidth) {
    const wide = all(document.body).filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
    found.push(`the page is ${root.scrollWidth} wide instead of ${root.clientWidth}, for ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 90))}`);
  }
  for (const element of all(document.body)) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowY) && element.clientWidth > 0;
    if (scrolls && element.scrollWidth > element.clientWidth + 1) found.push(`${element.outerHTML.slice(0, 90)} is ${element.scrollWidth} wide instead of ${element.clientWidth}`);
  }
  return found;
}

/** Scrolled into view, a control is in the window and nothing lies over its middle. */
function unreachable(elements, role) {
  const isHit = (element, at) => {
    let hit = document.elementFromPoint(at.x, at.y);
    while (hit?.shadowRoot?.elementFromPoint(at.x, at.y) && hit !== hit.shadowRoot.elementFromPoint(at.x, at.y)) hit = hit.shadowRoot.elementFromPoint(at.x, at.y);
    return hit !== null && (element === hit || element.contains(hit) || hit.closest("label")?.control === element);
  };
  const middleOf = (box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  const isInside = ({ x, y }) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  return elements.flatMap((element) => {
    // Nobody can use what is inert, by whatever means.
    const modal = element.getRootNode().querySelector("dialog:modal");
    if (element.closest("[inert]") || (modal && !modal.contains(element))) return [];
    // It went while the page was looked at, as what leads to a list's end does at its end.
    if (!element.isConnected) return [];
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    // Of a link that is broken over lines any line will do.
    const middles = [...element.getClientRects()].map(middleOf);
    if (middles.some((at) => isInside(at) && isHit(element, at))) return [];
    const over = middles.map(({ x, y }) => document.elementFromPoint(x, y)?.outerHTML.slice(0, 60));
    return [`the ${role} ${element.outerHTML.slice(0, 110)} cannot be reached: where it should be, there is ${over}`];
  });
}

/** A control is as wide as it is made: nothing around it that hides what hangs over cuts it. */
function cutOff(elements, role) {
  return elements.flatMap((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (!/hidden|clip/.test(getComputedStyle(around).overflowX) || width === 0) continue;
      const edge = around.getBoundingClientRect();
      if (left < edge.left - 1 || right > edge.right + 1) return [`the ${role} ${element.outerHTML.slice(0, 110)} is cut off: it is at ${Math.round(left)} to ${Math.round(right)}, and what is around it at ${Math.round(edge.left)} to ${Math.round(edge.right)}`];
    }
    return [];
  });
}

async function violations({ wcag, within }) {
  const found = await window.axe.run(within, { runOnly: wcag, resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `axe, ${id}: ${help}: ${node.html.slice(0, 140)} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""})`));
}
