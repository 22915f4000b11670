import { defineConfig } from "vite";

export default defineConfig({ root: "react", base: "/react/", build: { outDir: "../../../artifacts/sample-embed/react", emptyOutDir: true } });
