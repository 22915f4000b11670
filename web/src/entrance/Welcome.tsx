import { useState } from "preact/hooks";
import { useTexts } from "../language/Language";
import { LanguageChoice } from "../language/LanguageChoice";
import { Bars } from "../ui/Bars";
import { Logo } from "../ui/Logo";
import { useSentence } from "../ui/problems";
import { Invitation } from "./Invitation";
import "./entrance.css";

interface Props {
  roomId: string | null;
  onName: (name: string) => void;
  /** The name that was given before, and what is wrong with it. */
  name?: string | undefined;
  problem?: unknown;
}

/** The page may put the focus here again, which `autoFocus` does not. */
const focus = (field: HTMLInputElement | null): void => field?.focus();

/** Asks for a name, before anything else, and says to what room somebody has come. */
export function Welcome({ roomId, onName, name: given = "", problem }: Props) {
  const { entrance } = useTexts();
  const sentenceOf = useSentence();
  const [name, setName] = useState(given);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  };
  return (
    <main class="welcome">
      <Logo />
      <section class="card welcome-card">
        <Bars isMoving />
        {roomId === null ? <h1>{entrance.title}</h1> : <Invitation roomId={roomId} />}
        <p>{entrance.about}</p>
        <form onSubmit={onSubmit}>
          <label for="name">{entrance.nameLabel}</label>
          <div class="field-row">
            <input
              id="name"
              value={name}
              maxLength={64}
              required
              ref={focus}
              aria-describedby="name-problem"
              autoComplete="nickname"
              dir="auto"
              placeholder={entrance.namePlaceholder}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <button class="primary" type="submit">
              {entrance.comeIn}
            </button>
          </div>
          <p id="name-problem" class="error" role="alert">
            {problem ? sentenceOf(problem) : null}
          </p>
        </form>
      </section>
      <LanguageChoice />
    </main>
  );
}
