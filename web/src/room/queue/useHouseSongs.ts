import type { Track } from "@whatssound/client";
import { useEffect, useState } from "preact/hooks";
import { untilDone } from "../../app/network";
import { usePlace } from "../../app/Place";

/** The songs that the server has itself. */
export function useHouseSongs(): readonly Track[] {
  const { server } = usePlace();
  const [songs, setSongs] = useState<readonly Track[]>([]);
  useEffect(() => untilDone(async () => {
    const response = await fetch(`${server}/tracks/catalog.json`);
    if (response.ok) setSongs((await response.json()) as Track[]);
    // A server without songs of its own has said so.
    else if (response.status >= 500) throw new Error(`${response.status}`);
  }), [server]);
  return songs;
}
