import { mkdirSync, writeFileSync } from "node:fs";

const folder = new URL("../../artifacts/bench/", import.meta.url);

/** Milliseconds as a table has them. */
export const ms = (value) => (Number.isFinite(value) ? (value < 10 ? value.toFixed(2) : value.toFixed(0)) : "–");

/** Prints a table, and keeps it with the figures behind it. */
export function write(name, rows, head, figures = rows) {
  const report = [...head, ...rows.map((row) => `| ${row.join(" | ")} |`), ""].join("\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.md`, folder), report);
  writeFileSync(new URL(`${name}.json`, folder), JSON.stringify(figures, null, 2));
  console.log(report);
}
