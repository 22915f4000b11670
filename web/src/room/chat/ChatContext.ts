import type { RoomConnection } from "@whatssound/client";
import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import { ChatLog, type ChatLine } from "./ChatLog";
import { Pulse } from "./Pulse";

/** What the writer's next message is about. */
export type Draft = { kind: "reply" | "edit"; line: ChatLine } | null;

export interface ChatView {
  log: ChatLog;
  pulse: Pulse;
}

export const ChatContext = createContext<ChatView | null>(null);

export function useChat(): ChatView {
  const view = useContext(ChatContext);
  if (!view) throw new Error("This belongs in a room with a chat.");
  return view;
}

/** The chat of the room that is joined, for as long as it is shown. */
export function useChatOf(connection: RoomConnection, roomId: string, userId: string): ChatView {
  const [view] = useState<ChatView>(() => ({ log: new ChatLog(connection, userId, roomId), pulse: new Pulse(connection, roomId, userId) }));
  useLayoutEffect(() => {
    const stops = [view.log.start(), view.pulse.start()];
    return () => stops.forEach((stop) => stop());
  }, [view]);
  return view;
}
