import { useLanguage } from "./Language";
import { languageCodes, nameOfLanguage } from "./languages";

/** Each language by its own name. The label is seen where there are other fields with theirs. */
export function LanguageChoice({ isLabelled = false }: { isLabelled?: boolean }) {
  const { code, texts, choose } = useLanguage();
  return (
    <label class={isLabelled ? undefined : "language"}>
      <span class={isLabelled ? undefined : "hidden"}>{texts.language.label}</span>
      <select value={code} onChange={(event) => choose(event.currentTarget.value)}>
        {languageCodes.map((other) => (
          <option key={other} value={other} lang={other}>
            {nameOfLanguage(other)}
          </option>
        ))}
      </select>
    </label>
  );
}
