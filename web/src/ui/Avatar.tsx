import { hashOf } from "./text";

/** A person's initial on a colour of their own. */
export function Avatar({ userId, name }: { userId: string; name: string }) {
  const hue = hashOf(userId, 360);
  return (
    <span class="avatar" aria-hidden="true" style={{ background: `oklch(0.52 0.12 ${hue})` }}>
      {/[\p{L}\p{N}\p{Emoji_Presentation}]/u.exec(name)?.[0].toUpperCase() ?? "?"}
    </span>
  );
}
