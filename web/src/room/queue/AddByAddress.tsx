import type { Track } from "@whatssound/client";
import { useState } from "preact/hooks";
import { usePlace } from "../../app/Place";
import { useMore } from "../../language/Language";
import { useSentence } from "../../ui/problems";
import { trackAt } from "./trackAt";

/** Takes any audio address, once the browser has found out how long it is. `onTrack` resolves to whether it was taken. */
export function AddByAddress({ onTrack }: { onTrack: (track: Track) => Promise<boolean> }) {
  const more = useMore();
  const sentenceOf = useSentence();
  const { server } = usePlace();
  const [url, setUrl] = useState("");
  const [title, setTitle] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [added, setAdded] = useState("");
  const [problem, setProblem] = useState<unknown>(null);

  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setProblem(null);
    setAdded("");
    try {
      const track = await trackAt(url, server, title.trim());
      if (await onTrack(track)) {
        setAdded(track.title);
        setUrl("");
        setTitle("");
      }
    } catch (error) {
      setProblem(error);
    } finally {
      setIsBusy(false);
    }
  };

  if (!more) return null;
  const { address } = more;
  return (
      <form onSubmit={(event) => void onSubmit(event)}>
        <label>
          {address.addressLabel}
          <input type="url" required maxLength={2000} placeholder={address.addressPlaceholder} value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
        </label>
        <label>
          {address.titleLabel}
          <input maxLength={200} dir="auto" placeholder={address.titlePlaceholder} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <button class="primary" type="submit" aria-disabled={isBusy}>
          {isBusy ? address.listeningIn : address.add}
        </button>
        <p role="status">{added && <bdi>{more.entry.added(added)}</bdi>}</p>
        {problem !== null && <p class="error" role="alert">{sentenceOf(problem)}</p>}
      </form>
  );
}
