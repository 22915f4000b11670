import { RefusalError, type RoomConnection, type Track } from "@whatssound/client";
import { useState } from "preact/hooks";
import { usePlace } from "../../app/Place";
import { useMore } from "../../language/Language";
import { useSentence } from "../../ui/problems";
import { useRoom } from "../RoomContext";
import { trackAt } from "./trackAt";

/** So many go out in a request, however long their addresses are; so many files are looked at together. */
const batchLength = 10;

interface Line {
  address: string;
  /** Why it was not added; undefined: it was. */
  error?: unknown;
}

/** Adds songs by their addresses, each for itself: those that were not added stay, with why. */
export function AddSeveral() {
  const more = useMore();
  const sentenceOf = useSentence();
  const { connection } = useRoom();
  const { server } = usePlace();
  const [text, setText] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [lines, setLines] = useState<readonly Line[]>([]);

  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const addresses = text.split("\n").map((line) => line.trim()).filter(Boolean);
    setIsBusy(true);
    const done: Line[] = [];
    for (let from = 0; from < addresses.length; from += batchLength) {
      done.push(...(await added(addresses.slice(from, from + batchLength), server, connection)));
      setLines([...done]);
    }
    setText(done.filter(({ error }) => error !== undefined).map(({ address }) => address).join("\n"));
    setIsBusy(false);
  };

  if (!more) return null;
  const { address: texts } = more;
  const failed = lines.filter(({ error }) => error !== undefined);
  return (
    <form class="several" onSubmit={(event) => void onSubmit(event)}>
      <label>
        {texts.severalLabel}
        <textarea required rows={4} dir="ltr" placeholder={texts.addressPlaceholder} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button class="primary" type="submit" aria-disabled={isBusy}>
        {isBusy ? texts.listeningIn : texts.addSeveral}
      </button>
      <p role="status">{lines.length > 0 && texts.severalAdded(lines.length - failed.length)}</p>
      {failed.length > 0 && (
        <ul class="error" role="alert">
          {failed.map(({ address, error }, i) => (
            <li key={i}>
              <bdi>{address}</bdi>: {sentenceOf(error)}
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

async function added(addresses: readonly string[], server: string, connection: RoomConnection): Promise<Line[]> {
  const found = await Promise.allSettled(addresses.map((address) => trackAt(address, server)));
  const tracks = found.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const answers = await enqueued(tracks, connection);
  return found.map((each, i) => {
    const address = addresses[i]!;
    const error = each.status === "rejected" ? (each.reason as unknown) : answers.shift();
    return error === undefined ? { address } : { address, error };
  });
}

/** Of each song why it was not added; undefined: it was. */
async function enqueued(tracks: Track[], connection: RoomConnection): Promise<unknown[]> {
  if (tracks.length === 0) return [];
  try {
    const { songs } = await connection.enqueue(tracks);
    return tracks.map((_, i) => (songs?.[i]?.refusal ? new RefusalError(songs[i].refusal) : undefined));
  } catch (error) {
    return tracks.map(() => error);
  }
}
