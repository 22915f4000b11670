import { randomBytes } from "node:crypto";
import { Client } from "./Client.mjs";
import { Listener } from "./Listener.mjs";

/** A name that no other test uses. */
export function unique(name) {
  return `${name}-${randomBytes(4).toString("hex")}`;
}

/** A new room with its owner in it. */
export async function openRoom(server, name, owner) {
  const roomId = unique(name);
  const client = await Client.connect(server, owner);
  await client.command("CreateRoom", roomId, { name: `The ${name} room` });
  return { roomId, host: await new Listener(roomId).join(client) };
}

/** A user who comes into a room. */
export async function enter(server, roomId, userId, options = {}) {
  return new Listener(roomId).join(await Client.connect(server, userId, options));
}

/** A song that nobody plays; the address makes it itself. */
export function song(title, durationMs = 180_000) {
  return { url: `https://songs.example/${encodeURIComponent(title)}.mp3`, title, artist: "Nobody", durationMs };
}

/** Sends a chat message, no faster than the room allows. */
export function say(listener, text) {
  return listener.client.command("SendChat", listener.roomId, { text });
}
