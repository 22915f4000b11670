// A channel in which nothing was published for longer than its history goes; then a drop of half a second with one publication inside. Here nothing is missing, since the verdict goes by positions. Socket.IO with its
// connection state recovery, through the same kind of proxy at the same time, loses it: it knows a client's place by the last packet that it had, which it has let go of by then.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Connection } from "@whatssound/client";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { CutProxy } from "./support/CutProxy.mjs";
import { Signal } from "./support/Signal.mjs";
import { startProcess, programFile, temporaryData } from "./support/server.mjs";
import { fetchToken } from "./support/tokens.mjs";

const skip = programFile() ? false : "the server's program is not built here";
const dropMs = 500;
const quietMs = 7_000;
const deadlineMs = 60_000;

/** Here a channel remembers for a second. That nobody publishes lets none go that somebody listens to. */
const settings = { "Channels:Rules:3:Pattern": "quiet:*", "Channels:Rules:3:HistoryAge": "00:00:01" };

/** For how long Socket.IO recovers a connection: a minute is longer than the whole test, and five seconds shorter than the silence. */
const [longMs, shortMs] = [60_000, 5_000];

const data = temporaryData();
let ours;
let theirs;
let hasty;

before(async () => {
  if (skip) return;
  ours = await startOurs();
  theirs = await startTheirs(longMs);
  hasty = await startTheirs(shortMs);
});

after(async () => {
  await Promise.all([ours?.close(), theirs?.close(), hasty?.close()]);
  data.remove();
});

test("half a second away right after something was published, both have what was published meanwhile", { skip }, async () => {
  assert.deepEqual(await Promise.all([ours.drop(), theirs.drop()]), [
    { isRecovered: true, heard: ["before", "inside", "after"] },
    { isRecovered: true, heard: ["before", "inside", "after"] },
  ]);
});

test("half a second away after a long silence, we have it and Socket.IO does not", { skip }, async (t) => {
  const [our, their] = await Promise.all([ours.drop({ isQuiet: true }), hasty.drop({ isQuiet: true })]);
  t.diagnostic(`ours: ${JSON.stringify(our)}; Socket.IO: ${JSON.stringify(their)}`);
  assert.deepEqual(our, { isRecovered: true, heard: ["before", "inside", "after"] });
  assert.deepEqual(their, { isRecovered: false, heard: ["before", "after"] });
});

/** This server, and two who listen: one of them through a proxy. */
async function startOurs() {
  const server = await startProcess(data, { settings });
  const proxy = await CutProxy.open(server.url);
  const connect = async (url) => {
    const connection = new Connection({ url: `${url}/hub`, token: (signal) => fetchToken(server.url, "ann", "ann", signal) });
    await connection.start();
    return connection;
  };
  const [speaker, listener] = [await connect(server.url), await connect(proxy.url)];
  const channel = listener.channel("quiet:room");
  const { heard, happened, drop } = drops(proxy, (text) => speaker.channel("quiet:room").publish("said", text));
  const verdicts = [];
  channel.on("verdict", ({ verdict }) => {
    verdicts.push(verdict);
    happened.raise();
  });
  await speaker.channel("quiet:room").subscribe();
  await channel.subscribe((publication) => {
    heard.push(publication.data);
    happened.raise();
  });
  const isBack = async () => {
    const verdict = await happened.until("the listener is back", () => verdicts.length > 0 && verdicts, deadlineMs);
    return verdict.every((one) => one === "recovered");
  };
  return {
    drop: async (options) => {
      verdicts.length = 0;
      return drop({ ...options, isBack, isForgotten: () => new Promise((resolve) => setTimeout(resolve, quietMs)) });
    },
    close: async () => {
      await Promise.all([speaker.stop(), listener.stop(), proxy.close()]);
      await server.stop();
    },
  };
}

/** A room of Socket.IO, which recovers a connection for a time. */
async function startTheirs(maxDisconnectionDuration) {
  const http = createServer();
  const cleaned = new Signal();
  let cleanings = 0;
  const server = hurried(
    () => new Server(http, { connectionStateRecovery: { maxDisconnectionDuration, skipMiddlewares: true } }),
    () => {
      cleanings++;
      cleaned.raise();
    },
  );
  server.on("connection", (socket) => socket.join("quiet"));
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const proxy = await CutProxy.open(`http://127.0.0.1:${http.address().port}`);
  const { heard, happened, drop } = drops(proxy, (text) => server.to("quiet").emit("said", text));
  const socket = io(proxy.url, { transports: ["websocket"], reconnectionDelay: 50, reconnectionDelayMax: 50, randomizationFactor: 0 });
  socket.on("said", (text) => {
    heard.push(text);
    happened.raise();
  });
  for (const event of ["connect", "disconnect"]) socket.on(event, () => happened.raise());
  await happened.until("Socket.IO is connected", () => socket.connected, deadlineMs);
  const isBack = async () => {
    await happened.until("Socket.IO is connected again", () => socket.connected, deadlineMs);
    return socket.recovered;
  };
  const isForgotten = async () => {
    const before = cleanings;
    await cleaned.until("Socket.IO has cleaned up", () => cleanings >= before + quietMs / 1_000, deadlineMs);
  };
  return {
    drop: (options) => drop({ ...options, isBack, isForgotten, isGone: () => happened.until("Socket.IO is disconnected", () => !socket.connected, deadlineMs) }),
    close: async () => {
      socket.close();
      await Promise.all([server.close(), proxy.close()]);
    },
  };
}

/** One way to be away, the same for both. */
function drops(proxy, publish) {
  const heard = [];
  const happened = new Signal();
  const drop = async ({ isQuiet = false, isBack, isForgotten, isGone }) => {
    heard.length = 0;
    await publish("before");
    await happened.until("what came before", () => heard.includes("before"), deadlineMs);
    if (isQuiet) await isForgotten();
    proxy.cut();
    await isGone?.();
    await publish("inside");
    await new Promise((resolve) => setTimeout(resolve, dropMs));
    proxy.restore();
    const isRecovered = await isBack();
    await publish("after");
    await happened.until("what came after", () => heard.includes("after"), deadlineMs);
    return { isRecovered, heard: [...heard] };
  };
  return { heard, happened, drop };
}

/** Socket.IO lets go of what is too old once a minute. Here it does so once a second, and says so; how old is too old is for it to say. */
function hurried(make, onCleaned) {
  const { setInterval } = globalThis;
  globalThis.setInterval = (action, ms, ...rest) =>
    setInterval(
      ms === 60_000
        ? () => {
            action();
            onCleaned();
          }
        : action,
      ms === 60_000 ? 1_000 : ms,
      ...rest,
    );
  try {
    return make();
  } finally {
    globalThis.setInterval = setInterval;
  }
}
