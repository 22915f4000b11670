import { hashOf } from "./text";

/** A person's initial on a colour of their own. */
export function Avatar({ userId, name }: { userId: string; name: string }) {
  const hue = hashOf(userId, 360);
  return (
    <span class="avatar" aria-hidden="true" style={{ background: `hsl(${hue} 58% 41%)` }}>
      {[...name][0]?.toUpperCase() ?? "?"}
    </span>
  );
}
