// What somebody writes who has the package and its README.
import { Connection, RoomConnection } from "@whatssound/client";

const [url, token, name] = process.argv.slice(2);

const connection = new Connection({ url, token: async () => token });
await connection.start();
const channel = connection.channel(`stage:${name}`);
const heard = [];
const { verdict } = await channel.subscribe((publication) => publication.event === "said" && heard.push(publication.data.text));
const { position } = await channel.publish("said", { text: "hello" });
await channel.presence.enter({ mood: "curious" });
const me = channel.presence.me.userId;
const members = (await channel.presence.get()).map((member) => member.userId);

const rooms = new RoomConnection({ url, token: async () => token });
await rooms.start();
await rooms.createRoom(name, { name: "A stranger's room" });
await rooms.join(name);
const said = new Promise((resolve) => rooms.on("room", (room) => room.chat.length > 0 && resolve(room.chat)));
await rooms.sendChat("hi");
const chat = (await said).map((message) => message.data.text);

await Promise.all([connection.stop(), rooms.stop()]);
console.log(JSON.stringify({ verdict, offset: position.offset, heard, members, me, chat }));
