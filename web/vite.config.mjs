import { defineConfig } from "vite";

const server = process.env.WHATSSOUND_URL ?? "http://127.0.0.1:5080";

export default defineConfig(({ mode }) => ({
  build: { outDir: mode === "testing" ? "../artifacts/web-testing" : "../Gateway/wwwroot", emptyOutDir: true, target: "es2022" },
  server: { proxy: { "/hub": { target: server, ws: true }, "/guest": server, "/page.json": server } },
}));
