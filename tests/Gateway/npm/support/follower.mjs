// A process that follows a room with this project's client and nothing else. It tells its parent what happens, and does what that asks. An unhandled rejection
// ends it with 1; after `stop` it ends by itself, unless something is left.
import { RoomConnection } from "@whatssound/client";
import { fetchToken } from "./tokens.mjs";

// Less than what would close an idle connection, and enough for a machine that is busy.
const letGoMs = 2_000;

const { url, roomId, userId } = JSON.parse(process.argv[2]);
const connection = new RoomConnection({ url: `${url}/hub`, token: (signal) => fetchToken(url, userId, userId, signal) });
const tell = () => process.send({ state: connection.state, last: connection.room?.chat.at(-1)?.data.text ?? null, gaps: connection.progress.gaps });
for (const event of ["state", "room", "recovery"]) connection.on(event, tell);

const asked = {
  wake: () => connection.wake(),
  stop: async () => {
    const fromMs = performance.now();
    await connection.stop();
    const tookMs = performance.now() - fromMs;
    // Node lets go of handles that are closed in the turns after.
    const left = () => process.getActiveResourcesInfo().filter((kind) => kind !== "PipeWrap" && kind !== "Immediate");
    const lateMs = performance.now() + letGoMs;
    while (left().length > 0 && performance.now() < lateMs) await new Promise((resolve) => setImmediate(resolve));
    process.send({ stopped: { tookMs, left: left() } });
    process.disconnect();
  },
};
process.on("message", (name) => asked[name]());

await connection.start();
await connection.join(roomId, { name: userId });
tell();
