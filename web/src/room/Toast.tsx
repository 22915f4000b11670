import type { Connectivity } from "../app/connection";
import { useTexts } from "../language/Language";

/** Says how the connection came back. */
export function Toast({ connectivity, applied }: { connectivity: Connectivity; applied: number }) {
  const { connection } = useTexts();
  const back = applied === 0 ? connection.nothingMissed : connection.missed(applied);
  const text = connectivity === "recovered" ? back : connectivity === "lost" ? connection.loadedAnew : null;
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {text && <p class="toast">{text}</p>}
    </div>
  );
}
