import { go } from "../app/route";

/** The name of the app; leads to the front page. */
export function Logo() {
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    go("/");
  };
  return (
    <a class="logo" href="/" onClick={onClick}>
      <img src="/icon.svg" alt="" width="30" height="30" />
      WhatsSound
    </a>
  );
}
