import { does, show } from "./support/show";
import { fireEvent } from "@testing-library/dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { useLanguage } from "../src/language/Language";
import { LanguageChoice } from "../src/language/LanguageChoice";
import { languageCodes, loadLanguage, loadMore, preferredLanguage } from "../src/language/languages";

test("the browser's first language that there is is taken, whatever the country, and English where there is none", () => {
  assert.equal(preferredLanguage(["fr-FR", "es-MX", "en"]), "es");
  assert.equal(preferredLanguage(["en-GB", "es"]), "en");
  assert.equal(preferredLanguage(["fr", "de"]), "en");
});

test("each language counts by its own rules", async () => {
  const counted = async (code: string) => [0, 1, 2, 1_234].map((await loadLanguage(code)).texts.queue.songs);
  assert.deepEqual(await counted("en"), ["0 songs", "1 song", "2 songs", "1,234 songs"]);
  assert.deepEqual(await counted("es"), ["0 canciones", "1 canción", "2 canciones", "1234 canciones"]);
});

test("no language leaves a text empty, and none is English by mistake", async () => {
  const flat = (texts: object, path = ""): [string, unknown][] => Object.entries(texts).flatMap(([key, value]: [string, unknown]) => (typeof value === "object" ? flat(value!, `${path}${key}.`) : [[path + key, value]]));
  const all = async (code: string) => ({ ...(await loadLanguage(code)).texts, ...(await loadMore(code)) });
  const english = new Map(flat(await all("en")));
  const shared = new Set(["app.name", "chat.title", "room.chat", "menu.roles"]);
  for (const code of languageCodes) {
    const texts = flat(await all(code));
    assert.deepEqual(texts.map(([key]) => key).sort(), [...english.keys()].sort(), code);
    for (const [key, text] of texts) {
      if (typeof text !== "string") continue;
      assert.notEqual(text.trim(), "", `${code} ${key}`);
      if (code !== "en" && !shared.has(key)) assert.notEqual(text, english.get(key), `${code} ${key}`);
    }
  }
});

function Greeting() {
  const { texts, format } = useLanguage();
  return <p>{`${texts.queue.remove("Ann")} ${format.number(1234.5)} ${format.clock(187_000)} ${format.duration(90_000)}`}</p>;
}

test("who chooses a language gets it at once, and again the next time", async () => {
  const page = await show(
    <>
      <LanguageChoice />
      <Greeting />
    </>,
  );
  page.getByText("Remove Ann 1,234.5 3:07 2 min");
  const choice = page.getByLabelText("Language") as HTMLSelectElement;
  assert.deepEqual([...choice.options].map((option) => option.text), ["English", "español"]);
  await does(() => fireEvent.change(choice, { target: { value: "es" } }));
  await page.findByText("Quitar Ann 1234,5 3:07 2 min");
  assert.equal(document.documentElement.lang, "es");
  assert.equal(preferredLanguage(["en"]), "es");
  localStorage.clear();
  await page.close();
});
