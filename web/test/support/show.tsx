import "./dom";
import { configure, fireEvent, getQueriesForElement, type BoundFunctions, type queries } from "@testing-library/dom";
import { render, type ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { LanguageProvider } from "../../src/language/Language";
import { loadLanguage } from "../../src/language/languages";

// What is waited for is said in the end, however busy the machine is; a second is too little for a part that is loaded.
configure({ asyncUtilTimeout: 20_000 });

/** Something that a person does, and all that follows from it at once. */
export const does = (action: () => unknown): Promise<void> => act(async () => void (await action()));

export const click = (element: Element): Promise<void> => does(() => fireEvent.click(element));

export const type = (element: Element, value: string): Promise<void> => does(() => fireEvent.input(element, { target: { value } }));

export interface Shown extends BoundFunctions<typeof queries> {
  container: HTMLElement;
  /** Shows something else in the same place. */
  again(child: ComponentChild): Promise<void>;
  close(): Promise<void>;
}

/** Shows something as the page does, in a language. */
export async function show(child: ComponentChild, language = "en"): Promise<Shown> {
  const initial = await loadLanguage(language);
  const container = document.body.appendChild(document.createElement("div"));
  const again = (other: ComponentChild) => act(() => render(<LanguageProvider initial={initial}>{other}</LanguageProvider>, container));
  await again(child);
  const close = async (): Promise<void> => {
    await act(() => render(null, container));
    container.remove();
  };
  return { ...getQueriesForElement(container), container, again, close };
}
