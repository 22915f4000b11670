import type { Publication, UserNotices } from "@whatssound/client";
import type { More } from "../text";

export interface Told {
  roomId: string;
  /** Who is in that room sees it anyway. */
  isInSight: boolean;
  sentence(more: More): string;
}

interface Sanction {
  roomId: string;
  kind: string;
  isLifted: boolean;
  reason: string | null;
}

interface Report {
  roomId: string;
  reason: string;
}

/** What a publication of one's notifications says; null: nothing that this page knows. All of it is the server's own, but for names and reasons, which are text. */
export function noticeOf({ event, data }: Publication): Told | null {
  const told = (roomId: string, sentence: Told["sentence"], isInSight = false): Told => ({ roomId, sentence, isInSight });
  switch (event) {
    case "songNext":
    case "songPlaying": {
      const { roomId, title, roomName } = data as UserNotices["songNext"];
      return told(roomId, ({ notices }) => notices[event](title, roomName), true);
    }
    case "mention": {
      const { roomId, displayName, byUserId } = data as UserNotices["mention"];
      return told(roomId, ({ notices }) => notices.mention(displayName ?? byUserId), true);
    }
    case "djLive": {
      const { roomId, roomName, displayName, userId } = data as UserNotices["djLive"];
      return told(roomId, ({ notices }) => notices.djLive(displayName ?? userId, roomName), true);
    }
    case "sanction": {
      const { roomId, kind, isLifted, reason } = data as Sanction;
      return told(roomId, (more) => {
        const actions: Record<string, string | undefined> = more.notices.sanctions;
        const what = isLifted ? more.notices.lifted : (actions[kind] ?? more.notices.sanctioned);
        return reason && !isLifted ? `${what} ${more.notices.reason(reason)}` : what;
      });
    }
    case "report": {
      const { roomId, reason } = data as Report;
      return told(roomId, ({ notices }) => notices.report(reason));
    }
    default:
      return null;
  }
}
