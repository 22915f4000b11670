import { defineConfig } from "vite";
import { withoutUnused } from "./withoutUnused.mjs";
import { serviceWorker } from "./worker/plugin.mjs";

const server = process.env.WHATSSOUND_URL ?? "http://127.0.0.1:5080";

export default defineConfig(({ mode }) => ({
  plugins: [withoutUnused, serviceWorker()],
  build: { outDir: mode === "testing" ? "../artifacts/web-testing" : "../Gateway/wwwroot", emptyOutDir: true, target: "es2022", cssTarget: ["chrome123", "firefox125", "safari17.5"], modulePreload: { polyfill: false } },
  server: { proxy: { "/hub": { target: server, ws: true }, "/guest": server, "/page.json": server } },
}));
