import type { RoomListing } from "@whatssound/client";

const patienceMs = 5_000;
const pageMax = 100;

/** Ends each message of the hub's protocol. */
const end = "\u001e";

/** The list is searched by words of names: those of its first name are in its id, before the letters that make it its own. A room that has another name since is looked for among those with most listeners. */
const queriesOf = (roomId: string): (string | undefined)[] => [roomId.split("-").slice(0, -1).join(" ").slice(0, 64) || undefined, undefined];

/**
 * What the public list has of a room, for somebody who has no token yet; null where it is not there, or nobody answers in time. It is asked over the hub as
 * anybody may, by hand: the client that does it otherwise begins with a token.
 */
export function peek(server: string, roomId: string, signal: AbortSignal): Promise<RoomListing | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${server.replace(/^http/, "ws")}/hub`);
    const tell = (room: RoomListing | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(room);
    };
    const nothing = (): void => tell(null);
    const timer = setTimeout(nothing, patienceMs);
    const queries = queriesOf(roomId);
    const ask = (): void => {
      const query = queries.shift();
      send({ type: 1, invocationId: "0", target: "ListRooms", arguments: [{ max: pageMax, ...(query && { query }) }] });
    };
    const send = (message: object): void => socket.send(JSON.stringify(message) + end);
    signal.addEventListener("abort", nothing);
    socket.addEventListener("error", nothing);
    socket.addEventListener("close", nothing);
    socket.addEventListener("open", () => {
      send({ protocol: "json", version: 1 });
      ask();
    });
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const rooms = data.split(end).map(roomsIn).find((found) => found !== null);
      const found = rooms?.find((room) => room.roomId === roomId);
      if (found || (rooms && queries.length === 0)) tell(found ?? null);
      else if (rooms) ask();
    });
  });
}

/** The rooms of the answer, of a refusal none; null: it is another message. */
function roomsIn(text: string): RoomListing[] | null {
  if (!text) return null;
  const { type, result } = JSON.parse(text) as { type?: number; result?: { result?: { rooms?: RoomListing[] } } };
  return type === 3 ? (result?.result?.rooms ?? []) : null;
}
