const timeoutMs = 15_000;

/** The length of the audio at an address, from its metadata. */
export function readDurationMs(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const audio = new Audio();
    const timer = setTimeout(() => done(null), timeoutMs);
    const done = (seconds: number | null): void => {
      clearTimeout(timer);
      audio.removeAttribute("src");
      audio.load();
      if (seconds !== null && Number.isFinite(seconds) && seconds >= 1) resolve(Math.floor(seconds * 1000));
      else reject(new Error("This address has no audio that the browser can play, or it is a stream without a length."));
    };
    audio.preload = "metadata";
    audio.addEventListener("loadedmetadata", () => done(audio.duration), { once: true });
    audio.addEventListener("error", () => done(null), { once: true });
    audio.src = url;
  });
}
