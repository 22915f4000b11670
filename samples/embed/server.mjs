// An app of somebody else's: its pages, and its own answer to who its user is. README.md says how to start it.
import { createHmac } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = fileURLToPath(new URL("../../artifacts/sample-embed", import.meta.url));
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/** A token for this app's user, signed with the key of the WhatsSound server. Only a server has that key; a page never does. */
function tokenFor(user, signingKey) {
  const part = (fields) => Buffer.from(JSON.stringify(fields)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: user.id, name: user.name, exp: Math.floor(Date.now() / 1000) + 3_600 })}`;
  return `${signed}.${createHmac("sha256", signingKey).update(signed).digest("base64url")}`;
}

/** Serves the sample. `server` is the address of WhatsSound, `user` whom this app has signed in: a real one knows by its own session. */
export function startApp({ server, room, signingKey, user = { id: "ada", name: "Ada" }, port = 0 }) {
  const page = (file) => readFileSync(join(here, file), "utf8").replaceAll("%SERVER%", server).replaceAll("%ROOM%", room);
  const answers = {
    "GET /": () => page("plain.html"),
    "GET /frame": () => page("frame.html"),
    "GET /settings": () => JSON.stringify({ server, room }),
    "POST /token": () => JSON.stringify({ token: tokenFor(user, signingKey) }),
  };
  const app = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://app");
    const answer = answers[`${request.method} ${pathname}`]?.();
    if (answer) return response.setHeader("content-type", answer.startsWith("{") ? "application/json" : types[".html"]).end(answer);
    const file = normalize(join(built, pathname.endsWith("/") ? `${pathname}index.html` : pathname));
    if (!file.startsWith(built + sep) || !existsSync(file)) return response.writeHead(404).end();
    createReadStream(file).pipe(response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream"));
  });
  return new Promise((resolve) => app.listen(port, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${app.address().port}`, close: () => app.close() })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { WHATSSOUND_URL: server = "http://127.0.0.1:5080", WHATSSOUND_ROOM: room, Identity__SigningKey: signingKey } = process.env;
  if (!room || !signingKey) {
    console.error("Say which room, and sign its tokens: WHATSSOUND_ROOM is the id of a room, and Identity__SigningKey the key of the server.");
    process.exit(1);
  }
  const { url } = await startApp({ server, room, signingKey, port: 8080 });
  console.log(`${url}/ (plain), ${url}/frame (in a frame), ${url}/react/ (React)`);
}
