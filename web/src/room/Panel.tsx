import type { ComponentChildren } from "preact";
import { Part } from "../ui/Part";
import { Tries } from "./Tries";

interface Props {
  /** As which it is known in styles and tests. */
  kind: string;
  title: string;
  /** What it is called in a sentence, should it fail. */
  name: string;
  /** What stands beside the title. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of the room with a title: it fails by itself, and says what was refused in it. */
export function Panel({ kind, title, name, aside, children }: Props) {
  return (
    <Part name={name}>
      <section class={`card panel ${kind}`} aria-labelledby={`${kind}-title`}>
        <header class="panel-head">
          <h2 id={`${kind}-title`}>{title}</h2>
          {aside}
        </header>
        <Tries>{children}</Tries>
      </section>
    </Part>
  );
}
