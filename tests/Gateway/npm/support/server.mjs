import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const startDeadlineMs = 60_000;
const stopDeadlineMs = 30_000;

/** Channels besides those of rooms: some with presence, some of which the newest per key is enough, some that remember little. */
const channelRules = {
  "Channels:Rules:0:Pattern": "stage:*",
  "Channels:Rules:0:Presence": "true",
  "Channels:Rules:1:Pattern": "ticker:*",
  "Channels:Rules:1:ConflateInterval": "00:00:00.200",
  "Channels:Rules:2:Pattern": "short:*",
  "Channels:Rules:2:HistoryCountMax": "3",
};

/** The server under test: the one of WHATSSOUND_URL, or a new process on a free port with its data in a temporary folder. */
export async function startServer() {
  const url = process.env.WHATSSOUND_URL;
  if (url) return { url, signingKey: process.env.WHATSSOUND_SIGNING_KEY || null, stop: () => Promise.resolve() };
  const data = temporaryData();
  const server = await startProcess(data);
  return { ...server, stop: () => server.stop().then(data.remove) };
}

/** The program: WHATSSOUND_SILO, or what was built last; null if there is none. */
export function programFile() {
  const folders = ["debug", "release"].map((kind) => join(root, "artifacts/bin/Silo", kind));
  const built = folders.map((folder) => join(folder, "WhatsSound.Silo.dll")).filter(existsSync);
  return process.env.WHATSSOUND_SILO ?? built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? null;
}

/** A place for a server's data that outlives the server. */
export function temporaryData() {
  const folder = mkdtempSync(join(tmpdir(), "whatssound-test-"));
  return { folder, signingKey: randomBytes(32).toString("hex"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A process on a free port, or where another was, in Development unless said otherwise. `kill` is kill -9. */
export async function startProcess({ folder, signingKey }, { url = "http://127.0.0.1:0", environment = "Development", settings: more = {} } = {}) {
  const file = programFile();
  if (!file) throw new Error("The server is not built: dotnet build Silo, or set WHATSSOUND_URL or WHATSSOUND_SILO.");
  const pageFolder = process.env.WHATSSOUND_PAGE ?? join(root, "Gateway/wwwroot");
  const settings = {
    Urls: url,
    "Storage:ConnectionString": `Data Source=${join(folder, "whatssound.db")}`,
    "Identity:SigningKey": signingKey,
    ...(existsSync(pageFolder) && { "WebPage:Folder": pageFolder }),
    "Users:RoomsOwnedMax": 1000,
    "Users:RoomsPerHourMax": 1000,
    ...channelRules,
    ...more,
  };
  const options = Object.entries(settings).map(([key, value]) => `--${key}=${value}`);
  const [command, ...first] = file.endsWith(".dll") ? ["dotnet", file] : [file];
  const program = spawn(command, [...first, ...options], {
    cwd: folder,
    env: { ...process.env, ASPNETCORE_ENVIRONMENT: environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => program.once("exit", resolve));
  const kill = () => {
    program.kill("SIGKILL");
    return exited;
  };
  const stop = () => {
    program.kill("SIGTERM");
    const timer = setTimeout(() => program.kill("SIGKILL"), stopDeadlineMs);
    return exited.finally(() => clearTimeout(timer));
  };
  try {
    return { url: await addressOf(program), signingKey, kill, stop };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** The program says where it listens once it can be used. */
function addressOf(program) {
  return new Promise((resolve, reject) => {
    const lines = [];
    const timer = setTimeout(() => reject(new Error(`The server did not start:\n${lines.join("\n")}`)), startDeadlineMs);
    program.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${lines.join("\n")}`)));
    createInterface(program.stdout).on("line", (line) => {
      lines.push(line);
      if (process.env.WHATSSOUND_LOG) console.error(line);
      const address = /listens on (http:\/\/\S+)/.exec(line)?.[1];
      if (address) {
        clearTimeout(timer);
        resolve(address);
      }
    });
  });
}
