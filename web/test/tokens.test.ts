import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** WCAG 2.2 AA: of text, and of what one has to see to use something. */
const textMin = 4.5;
const edgeMin = 3;

const css = readFileSync("src/styles/tokens.css", "utf8");
const tokens = new Map([...css.matchAll(/--([a-z-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name, light, dark]) => [name!, [light!, dark!] as const]));

function luminance(colour: string): number {
  const long = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = ["paper", "card", "sunken"];
const pairs = [
  ...["ink", "faint", "accent", "warm", "good", "wait", "bad"].flatMap((name) => grounds.map((ground) => [name, ground, textMin] as const)),
  ["on-accent", "accent", textMin] as const,
  ["on-warm", "warm", textMin] as const,
  ["paper", "ink", textMin] as const,
  ...grounds.map((ground) => ["edge", ground, edgeMin] as const),
];

for (const [scheme, at] of [["light", 0], ["dark", 1]] as const) {
  test(`colours can be told apart: ${scheme}`, () => {
    for (const [front, ground, min] of pairs) {
      const found = contrast(tokens.get(front)![at], tokens.get(ground)![at]);
      assert.ok(found >= min, `${front} on ${ground}: ${found.toFixed(2)}`);
    }
  });
}
