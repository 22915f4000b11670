import { useState } from "preact/hooks";
import { usePlace } from "../app/Place";
import { useTexts } from "../language/Language";
import { Icon } from "../ui/Icon";
import { useCopy } from "../ui/useCopy";
import { inviteLink } from "./inviteLink";
import { useRoom } from "./RoomContext";

const dayMs = 24 * 60 * 60_000;
const invitedMax = 10;

/** Copies a link to the room that lets in: where it takes an invite, one of this person's, if they may make one; if not, it says that. */
export function CopyLink() {
  const { room: texts } = useTexts();
  const { linkOrigin } = usePlace();
  const { connection, room, may } = useRoom();
  const { isCopied, byHand, field, copy, done } = useCopy();
  const [invited, setInvited] = useState<string | null>(null);
  const { isInviteOnly } = room.settings;
  const mayInvite = may("createInvites");
  const linkOf = async (): Promise<string> => {
    if (!isInviteOnly || !mayInvite) return inviteLink(linkOrigin, room.roomId);
    if (invited !== null) return invited;
    const { invite } = await connection.act("CreateInvite", { forMs: dayMs, usesMax: invitedMax });
    const link = inviteLink(linkOrigin, room.roomId, invite);
    setInvited(link);
    return link;
  };
  const onClick = (): void => void linkOf().catch(() => inviteLink(linkOrigin, room.roomId)).then(copy);
  const copied = !isInviteOnly ? texts.copied : invited !== null ? texts.copiedInvite(invitedMax) : texts.copiedUseless;
  return (
    <>
      <button class="quiet" type="button" onClick={onClick}>
        <Icon name={isCopied ? "check" : "link"} />
        <span class="label">{texts.invite}</span>
      </button>
      <span class="copied" role="status">
        {isCopied && <span class="toast">{copied}</span>}
      </span>
      {byHand !== null && (
        <div class="card by-hand">
          <label for="room-link">{isInviteOnly && invited === null ? texts.uselessAddress : texts.address}</label>
          <span class="field-row">
            <input id="room-link" ref={field} readOnly value={byHand} onFocus={(event) => event.currentTarget.select()} />
            <button class="bare" type="button" aria-label={texts.done} onClick={done}>
              <Icon name="close" />
            </button>
          </span>
        </div>
      )}
    </>
  );
}
