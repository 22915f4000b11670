import { Problem } from "../ui/problems";
import { isReadable } from "./diagnose";
import { isSeekable } from "./isSeekable";

const timeoutMs = 15_000;

/** The length of the audio at an address, from its metadata. Rejects where those who come late could not hear it: where it comes in one piece, and pages may not read it. */
export async function readDurationMs(url: string): Promise<number> {
  const { seconds, isSeekable } = await metadataOf(url);
  if (seconds === null || !Number.isFinite(seconds) || seconds < 1) throw new Problem((_, more) => more.address.noAudio);
  if (!isSeekable && !(await isReadable(url))) throw new Problem((_, more) => more.address.noRanges);
  return Math.floor(seconds * 1000);
}

function metadataOf(url: string): Promise<{ seconds: number | null; isSeekable: boolean }> {
  return new Promise((resolve) => {
    const audio = new Audio();
    const timer = setTimeout(() => done(null), timeoutMs);
    const done = (seconds: number | null): void => {
      clearTimeout(timer);
      resolve({ seconds, isSeekable: isSeekable(audio) });
      audio.removeAttribute("src");
      audio.load();
    };
    audio.preload = "metadata";
    audio.addEventListener("loadedmetadata", () => done(audio.duration), { once: true });
    audio.addEventListener("error", () => done(null), { once: true });
    audio.src = url;
  });
}
