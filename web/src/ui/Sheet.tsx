import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useTexts } from "../language/Language";
import { Icon } from "./Icon";
import { Part } from "./Part";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** Something that is looked at for a while, above the page; the browser keeps keys and readers within it, and takes them back to where they were. */
export function Sheet({ title, onClose, children }: Props) {
  const { problems } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog class="card sheet" ref={dialog} aria-labelledby="sheet-title" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <header class="panel-head">
        <h2 id="sheet-title">{title}</h2>
        <button class="bare" type="button" aria-label={problems.dismiss} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <Part name={title}>{children}</Part>
    </dialog>
  );
}
