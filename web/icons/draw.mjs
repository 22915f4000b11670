// Draws the icons of web/public/icons from web/public/icon.svg, in Chromium: `node web/icons/draw.mjs`. They are in git, since they change as seldom as the picture.
import { readFileSync, writeFileSync } from "node:fs";
import { launch } from "../../tests/Browser/support/browser.mjs";

const folder = new URL("../public/", import.meta.url);
const svg = readFileSync(new URL("icon.svg", folder), "utf8");
// What a system cuts to its own form fills the square, with the picture within the middle four fifths that every form leaves.
const full = svg.replace(/ rx="\d+"/, "").replace("<g ", '<g transform="translate(16 16) scale(.8) translate(-16 -16)" ');
const icons = { "icon-192": [svg, 192], "icon-512": [svg, 512], "maskable-512": [full, 512], "apple-touch-180": [full, 180] };

const browser = await launch();
for (const [name, [picture, size]] of Object.entries(icons)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${picture}`);
  writeFileSync(new URL(`icons/${name}.png`, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
