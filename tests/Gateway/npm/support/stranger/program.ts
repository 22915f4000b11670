// Is compiled, not run: the types of the package as somebody meets them whose compiler is strict.
import { Connection, positionAt, RefusalError, RoomConnection, type ChannelVerdict, type PresenceMember, type Publication, type RoomState } from "@whatssound/client";

const connection = new Connection({ url: "https://example.com/hub", token: async (signal: AbortSignal) => (await fetch("/token", { signal })).text() });
const channel = connection.channel("news");
const verdict: ChannelVerdict = await channel.subscribe((publication: Publication) => show(publication.data), { rewind: { count: 10 } });
const missing: number | null = verdict.lostFrom;
channel.presence.on("joined", (member: PresenceMember) => console.log(member.displayName ?? member.userId, missing));

// What others sent is unknown until it is looked at.
function show(data: unknown): void {
  // @ts-expect-error nobody has checked it
  console.log(data.text);
}

try {
  const { position } = await channel.publish("said", { text: "hello" }, { key: "k" });
  console.log(position.epoch, position.offset);
} catch (error) {
  if (error instanceof RefusalError && error.retryable) console.log(error.code);
}

const rooms = new RoomConnection({ url: "/hub", token: () => Promise.resolve("token") });
rooms.on("room", (room: RoomState) => console.log(positionAt(room.playback, rooms.clock.nowMs()), room.mySkipVote));
// @ts-expect-error what the library needs for itself is not for others
console.log(connection.ground);
