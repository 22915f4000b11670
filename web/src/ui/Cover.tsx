import { hashOf } from "./text";

/** The two colours between which a song's picture is. */
export function coverColours(title: string): [string, string] {
  const hue = hashOf(title, 360);
  return [`hsl(${hue} 74% 62%)`, `hsl(${(hue + 40 + hashOf(`${title}.`, 120)) % 360} 64% 38%)`];
}

const gradientOf = (title: string): string => `linear-gradient(135deg, ${coverColours(title).join(", ")})`;

/** The same colours without a drawing: in long lists a drawing for each would be what takes the time. */
export function SmallCover({ title }: { title: string }) {
  return <span class="cover" aria-hidden="true" style={{ background: gradientOf(title) }} />;
}

const rings = [46, 37, 28, 19];

/** A picture for a song that has none: rings in colours that follow from its title. Every second ring is a layer of its own: what moves as a whole a browser moves without drawing it anew. */
export function Cover({ title, isMoving = false }: { title: string; isMoving?: boolean }) {
  const tilt = hashOf(`${title}?`, 60) - 30;
  return (
    <span class={isMoving ? "cover cover-moving" : "cover"} aria-hidden="true" style={{ background: gradientOf(title) }}>
      {[0, 1].map((layer) => (
        <svg key={layer} viewBox="0 0 100 100" fill="none" stroke="#fff">
          <g transform={`rotate(${tilt} 50 50)`}>
            {rings.map((radius, i) => i % 2 === layer && <ellipse key={radius} cx="50" cy={62 - i * 3} rx={radius} ry={radius * 0.82} stroke-width="1.6" opacity={0.2 + i * 0.14} />)}
          </g>
          {layer === 1 && <circle cx="50" cy="50" r="7" fill="#fff" stroke="none" opacity="0.92" />}
        </svg>
      ))}
    </span>
  );
}
