import { usePlace } from "../app/Place";
import { go } from "../app/route";

/** The name of the app; leads to the front page. In an app's page it is a sign and no more. */
export function Logo() {
  const { server, isOwnPage } = usePlace();
  const content = (
    <>
      <img src={`${server}/icon.svg`} alt="" width="30" height="30" />
      <span class="word">WhatsSound</span>
    </>
  );
  if (!isOwnPage) return <span class="logo">{content}</span>;
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    go("/");
  };
  return (
    <a class="logo" href="/" onClick={onClick}>
      {content}
    </a>
  );
}
