import { defineConfig } from "vite";
import { embedStyles } from "./embedStyles.mjs";
import { withoutUnused } from "./withoutUnused.mjs";

/** The element for pages of apps: `embed/room.js`, beside the page, and what it loads when it is used. */
export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  plugins: [withoutUnused, embedStyles()],
  build: {
    outDir: mode === "testing" ? "../artifacts/web-testing/embed" : "../Gateway/wwwroot/embed",
    emptyOutDir: true,
    target: "es2022",
    // As old as light-dark(): an app that sets color-scheme on the element has its scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    rolldownOptions: { input: { room: "src/embed/element.ts" }, output: { entryFileNames: "[name].js" } },
  },
}));
