import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("worker.js", import.meta.url), "utf8");

/** Other files that the page is not complete without. The songs are not among them. */
const shown = ["/icon.svg", "/manifest.webmanifest"];

/** For Vite: writes `sw.js`, the page's service worker, with the files of this build and a version that changes with what is in any of them. */
export function serviceWorker() {
  return {
    name: "whatssound-service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const built = Object.values(bundle).sort((a, b) => a.fileName.localeCompare(b.fileName));
        const hash = createHash("sha256").update(source);
        for (const file of built) hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
        const files = ["/", ...shown, ...built.filter(({ fileName }) => fileName.startsWith("assets/")).map(({ fileName }) => `/${fileName}`)];
        const given = `const version = ${JSON.stringify(hash.digest("hex").slice(0, 16))};\nconst files = ${JSON.stringify(files)};\n`;
        this.emitFile({ type: "asset", fileName: "sw.js", source: given + source });
      },
    },
  };
}
