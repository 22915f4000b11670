import { useLanguage, useMore } from "../../language/Language";
import { nameOf } from "../people/names";
import { useRoom } from "../RoomContext";
import { useRun } from "../Tries";
import { endOffer } from "./endOffer";
import { useOffer } from "./useOffer";

/** The room is offered to this person, or by them: said to both, who can answer and take it back. */
export function Offer() {
  const { format } = useLanguage();
  const more = useMore();
  const { room, userId: me } = useRoom();
  const run = useRun();
  const offer = useOffer();
  const isMine = offer?.toUserId === me;
  if (!more || !offer || (!isMine && room.ownerUserId !== me)) return null;
  const { roles: texts } = more;
  const until = format.time(offer.untilMs);
  return (
    <div class="offer card">
      <bdi>{isMine ? texts.offered(nameOf(room, room.ownerUserId), until) : texts.youOffer(nameOf(room, offer.toUserId), until)}</bdi>
      {isMine ? (
        <>
          <button class="primary" type="button" onClick={() => void run((to) => to.act("AcceptOwnership", {}))}>
            {texts.accept}
          </button>
          <button type="button" onClick={() => void run((to) => to.act("DeclineOwnership", {}))}>
            {texts.decline}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => void run((to) => endOffer(to, room, offer.toUserId))}>
          {texts.takeBack}
        </button>
      )}
    </div>
  );
}
