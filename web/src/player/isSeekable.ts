/** False where the host sends no parts of a file: the element cannot move in it, and a player that tries to hears its beginning again and again. */
export function isSeekable({ seekable }: HTMLAudioElement): boolean {
  return seekable.length > 0 && seekable.end(seekable.length - 1) > 0;
}
