import type { ComponentChildren } from "preact";
import { Logo } from "./Logo";

interface Props {
  title: string;
  text: string;
  hint?: string;
  action?: string;
  onAction?: () => void;
  /** What else can be done about it. */
  children?: ComponentChildren;
}

/** A whole page that says one thing, and what can be done about it. */
export function Notice({ title, text, hint, action, onAction, children }: Props) {
  return (
    <main class="welcome">
      <Logo />
      <section class="card welcome-card">
        <h1>{title}</h1>
        <p role="alert">{text}</p>
        {hint && <p class="muted">{hint}</p>}
        {action && (
          <button class="primary" type="button" onClick={onAction}>
            {action}
          </button>
        )}
        {children}
      </section>
    </main>
  );
}
