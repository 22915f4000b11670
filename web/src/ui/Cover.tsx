import { hashOf } from "./text";

/** A picture for a song that has none: rings in colours that follow from its title. */
export function Cover({ title, isMoving = false }: { title: string; isMoving?: boolean }) {
  const hue = hashOf(title, 360);
  const other = (hue + 40 + hashOf(`${title}.`, 120)) % 360;
  const tilt = hashOf(`${title}?`, 60) - 30;
  const id = `cover-${hue}-${other}`;
  return (
    <svg class={isMoving ? "cover cover-moving" : "cover"} viewBox="0 0 100 100" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color={`hsl(${hue} 74% 62%)`} />
          <stop offset="1" stop-color={`hsl(${other} 64% 38%)`} />
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
