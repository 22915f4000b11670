import type { PlaceReason } from "@whatssound/client";
import { useLanguage, useMore } from "../../language/Language";

const shownMax = 5;

/** Whoever adds a song has voted for it by that. */
const ownVote = 1;

interface Props {
  reason: PlaceReason;
  /** Who added it; null: this person. */
  adder: string | null;
  nameOf: (userId: string) => string;
  /** Null: it is none of those that the page has. */
  titleOf: (entryId: string) => string | null;
}

/** What decides where a song stands, in sentences. */
export function Reason({ reason, adder, nameOf, titleOf }: Props) {
  const { format } = useLanguage();
  const more = useMore();
  if (!more) return null;
  const { entry: texts } = more;
  const isByTurns = reason.pinnedBy === null && (reason.mode === "fair" || reason.mode === "dj");
  const isNext = reason.place === 1;
  const turn = format.number(reason.turn);
  const next = !isByTurns ? texts.next : adder === null ? texts.nextYours : texts.nextTurn(adder);
  const nextOfTheirs = adder === null ? texts.yourNext : texts.turnNext(adder);
  const laterOfTheirs = adder === null ? texts.yourTurn(turn) : texts.turn(adder, turn);
  const sentences = [
    isNext ? next : texts.place(format.number(reason.place), format.number(reason.total)),
    reason.pinnedBy !== null && texts.pinnedBy(nameOf(reason.pinnedBy)),
    isByTurns && !isNext && (reason.turn === 1 ? nextOfTheirs : laterOfTheirs),
    isByTurns && !isNext && reason.roundsAhead !== null && reason.roundsAhead > 0 && texts.rounds(reason.roundsAhead),
    reason.mode === "votes" && texts.byVotes(reason.score),
    reason.bonusPercent !== null && reason.bonusPercent > 0 && reason.score > ownVote && texts.bonus,
    reason.isOrderedByHand && (adder === null ? texts.yoursByHand : texts.byHand(adder)),
  ].filter((sentence) => typeof sentence === "string");
  const causes: Record<string, string | undefined> = texts.causes;
  return (
    <>
      <p class="reason">
        <bdi>{sentences.join(" ")}</bdi>
      </p>
      {reason.before.length > 0 && (
        <>
          <p class="muted">{texts.comesFirst}</p>
          <ul class="reason-before">
            {reason.before.slice(0, shownMax).map(({ entryId, addedBy, cause }) => (
              <li key={entryId}>
                <bdi>{titleOf(entryId) ?? texts.songOf(nameOf(addedBy))}</bdi> <span class="muted">{causes[cause]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
