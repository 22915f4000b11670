import { unique } from "../../Gateway/npm/support/rooms.mjs";
import { startProcess, temporaryData } from "../../Gateway/npm/support/server.mjs";
import { SongHost } from "./SongHost.mjs";

/** A server that takes the songs of a host that the test commands. */
export async function serverWithSongs(more = {}) {
  const data = temporaryData();
  const songs = await SongHost.open();
  const settings = { "Rooms:Songs:AllowsHttp": "true", "Rooms:Songs:AllowsPrivateHosts": "true", "Web:MediaSources:0": songs.origin, ...more };
  const start = (url) => startProcess(data, { settings, ...(url && { url }) });
  let server = await start();
  return {
    songs,
    url: server.url,
    signingKey: server.signingKey,
    /** As after a deployment: the same place, the same data. */
    async restart() {
      await server.stop();
      server = await start(server.url);
    },
    async stop() {
      await server.stop();
      await songs.close();
      data.remove();
    },
  };
}

/** The song of the room is heard where the room is. */
export const isInSync = ({ vector, audio, positionMs }) => vector?.status === "playing" && audio.entryId === vector.entryId && !audio.isPaused && audio.currentTimeMs > 0 && Math.abs(audio.currentTimeMs - positionMs) < 50;

/** Has the page's person do something in the room. */
export const act = (window, method, ...values) => window.page.evaluate(([method, values]) => window.__whatssound.connection[method](...values), [method, values]);

export const add = (window, url, durationMs = 60_000) => act(window, "enqueue", [{ url, title: new URL(url).pathname.slice(1, -4), artist: "Nobody", durationMs }]);

/** Opens another room as its host. */
export async function newRoom(window, server) {
  await window.page.goto(server.url);
  await window.openRoom(unique("songs"));
}

/** The song that plays in the room, as the page has it now; null: none does. */
export const current = async (window) => (await window.read()).room.queue.current;

/** The song that plays in the room, once the page has it: the answer to who has added it may come before. */
export async function playing(window) {
  let song;
  await window.until((page) => (song = page.room.queue.current) !== null);
  return song;
}
