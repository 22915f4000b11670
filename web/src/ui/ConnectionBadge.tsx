import type { Connectivity } from "../app/connection";

const texts: Record<Connectivity, string> = {
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  recovered: "Back, nothing missed",
  lost: "Back, refreshed",
  closed: "Closed",
};

/** How the connection is, in words and colour. */
export function ConnectionBadge({ connectivity }: { connectivity: Connectivity }) {
  return (
    <span class="badge" data-state={connectivity} role="status" data-testid="connection">
      <i aria-hidden="true" />
      {texts[connectivity]}
    </span>
  );
}
