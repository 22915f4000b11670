import { useState } from "preact/hooks";
import { Bars } from "../ui/Bars";
import { Logo } from "../ui/Logo";

/** Asks for a name, before anything else. */
export function Welcome({ isInvited, onName }: { isInvited: boolean; onName: (name: string) => void }) {
  const [name, setName] = useState("");
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  };
  return (
    <main class="welcome">
      <Logo />
      <section class="card welcome-card">
        <Bars isMoving />
        <h1>{isInvited ? "You are invited" : "Listen together"}</h1>
        <p>One song at a time, in sync for everybody in the room. Chat, add songs, vote for what comes next.</p>
        <form onSubmit={onSubmit}>
          <label for="name">What should the others call you?</label>
          <div class="field-row">
            <input
              id="name"
              value={name}
              maxLength={64}
              required
              autoFocus
              autoComplete="nickname"
              placeholder="Your name"
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <button class="primary" type="submit">
              Come in
            </button>
          </div>
        </form>
      </section>
    </main>
  );
}
