import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = fileURLToPath(new URL("test", import.meta.url));
const tests = readdirSync(folder).filter((name) => /\.test\.tsx?$/.test(name));

/** Makes of the component tests modules that Node can run: `node --test` knows neither JSX nor what the page imports besides code. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: "../artifacts/web-tests",
    emptyOutDir: true,
    target: "node20",
    rolldownOptions: { input: Object.fromEntries(tests.map((name) => [name.replace(/\.tsx?$/, ""), `${folder}/${name}`])) },
  },
});
