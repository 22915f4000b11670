/** The channels of a room, by what they carry. */
export interface RoomChannels {
  main: string;
  chat: string;
  queue: string;
  playback: string;
}

export function roomChannels(roomId: string): RoomChannels {
  const main = `room:${roomId}`;
  return { main, chat: `${main}:chat`, queue: `${main}:queue`, playback: `${main}:playback` };
}
