import { useTexts } from "../../language/Language";
import { useSentence } from "../../ui/problems";
import { useStore } from "../../ui/Store";
import { useChat } from "./ChatContext";

/** What this person has said and nobody has heard yet. */
export function UnsaidLines() {
  const { chat } = useTexts();
  const sentenceOf = useSentence();
  const { unsaid } = useStore(useChat().log);
  return (
    <ol>
      {unsaid.lines.map((line) => (
        <li key={line.id} class="message mine unsaid">
          <div class="said">
            <p class="text" dir="auto">
              {line.said.text}
            </p>
            {line.offset === null && (
              <p class={line.problem ? "error" : "muted"} role={line.problem ? "alert" : undefined}>
                {line.problem ? sentenceOf(line.problem.error) : chat.waiting}
              </p>
            )}
            {line.problem && (
              <p class="line-actions">
                <button class="quiet" type="button" onClick={() => unsaid.again(line)}>
                  {chat.again}
                </button>
                <button class="quiet" type="button" onClick={() => unsaid.discard(line)}>
                  {chat.discard}
                </button>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
