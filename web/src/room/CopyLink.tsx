import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ui/Icon";

const shownMs = 2_000;

/** Copies the address of the room; where a page may not, it shows it to be copied by hand. */
export function CopyLink() {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setIsCopied(true);
    } catch {
      prompt("The address of this room:", location.href);
    }
  };
  return (
    <button class="quiet" type="button" onClick={() => void copy()}>
      <Icon name="link" />
      <span aria-live="polite">{isCopied ? "Copied" : "Invite"}</span>
    </button>
  );
}
