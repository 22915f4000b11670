import { hashOf } from "./text";

/** The two colours between which a song's picture is. */
export function coverColours(title: string): [string, string] {
  const hue = hashOf(title, 360);
  return [`hsl(${hue} 74% 62%)`, `hsl(${(hue + 40 + hashOf(`${title}.`, 120)) % 360} 64% 38%)`];
}

/** The same colours without a drawing: in long lists a drawing for each would be what takes the time. */
export function SmallCover({ title }: { title: string }) {
  return <span class="cover" aria-hidden="true" style={{ background: `linear-gradient(135deg, ${coverColours(title).join(", ")})` }} />;
}

/** A picture for a song that has none: rings in colours that follow from its title. */
export function Cover({ title, isMoving = false }: { title: string; isMoving?: boolean }) {
  const [from, to] = coverColours(title);
  const tilt = hashOf(`${title}?`, 60) - 30;
  const id = `cover-${hashOf(title, 1e9)}`;
  return (
    <svg class={isMoving ? "cover cover-moving" : "cover"} viewBox="0 0 100 100" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color={from} />
          <stop offset="1" stop-color={to} />
        </linearGradient>
      </defs>
      <rect width="100" height="100" fill={`url(#${id})`} />
      <g class="cover-rings" fill="none" stroke="#fff" transform={`rotate(${tilt} 50 50)`}>
        {[46, 37, 28, 19].map((radius, i) => (
          <ellipse key={radius} cx="50" cy={62 - i * 3} rx={radius} ry={radius * 0.82} stroke-width="1.6" opacity={0.2 + i * 0.14} />
        ))}
        <circle cx="50" cy="50" r="7" fill="#fff" stroke="none" opacity="0.92" />
      </g>
    </svg>
  );
}
