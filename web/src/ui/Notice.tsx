import { Logo } from "./Logo";

interface Props {
  title: string;
  text: string;
  hint?: string;
  action?: string;
  onAction?: () => void;
}

/** A whole page that says one thing, and what can be done about it. */
export function Notice({ title, text, hint, action, onAction }: Props) {
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
      </section>
    </main>
  );
}
