import type { Connectivity } from "../app/connection";
import { useTexts } from "../language/Language";

/** How the connection is, in words and colour. */
export function ConnectionBadge({ connectivity }: { connectivity: Connectivity }) {
  const texts = useTexts();
  return (
    <span class="badge" data-state={connectivity} role="status" data-testid="connection">
      <i aria-hidden="true" />
      {texts.connection[connectivity]}
    </span>
  );
}
