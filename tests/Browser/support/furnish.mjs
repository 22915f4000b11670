import { enter, unique } from "../../Gateway/npm/support/rooms.mjs";

const word = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente";
const arabic = "مرحبا بالجميع في الغرفة";

/** What people write: words without an end, titles without an end, other directions. */
export const odd = { word, arabic, override: "\u202eevil\u202c Zoë", title: `The Very Long Song About ${"Everything ".repeat(14)}That Never Ends`, roomName: `${word.slice(0, 40)} ${arabic}`.slice(0, 64) };

/** Fills a room with four people of odd names, a song that plays and more to come, and something said. */
export async function furnish(server, roomId) {
  const names = [word.slice(0, 60), arabic, odd.override, "Bo"];
  const members = [];
  for (const [i, name] of names.entries()) members.push(await enter(server, roomId, unique(`guest${i}`), { name }));
  const command = (i, name, fields) => members[i % members.length].client.command(name, roomId, fields);
  for (const [i, title] of [odd.title, word + word, arabic.repeat(4), "Tin Robot", "x", odd.override].entries()) {
    await command(i, "Enqueue", { tracks: [{ url: `/tracks/night-bus.wav?shape=${i}`, title, artist: i % 2 ? arabic : word, durationMs: 600_000 }] });
  }
  const lines = [word.repeat(4), arabic.repeat(3), "Hello", `https://example.com/${word.repeat(3)}?a=b`, odd.override, "And a line that is long enough to be broken in every window that there is, once or twice."];
  for (const [i, text] of lines.entries()) await command(i, "SendChat", { text });
  return { last: lines.at(-1), userIds: members.map((member) => member.client.userId), close: () => Promise.all(members.map((member) => member.client.stop())) };
}
