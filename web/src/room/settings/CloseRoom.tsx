import { useState } from "preact/hooks";
import { useMore } from "../../language/Language";
import { useRun } from "../Tries";

/** Asks once more: it takes everybody out. */
export function CloseRoom() {
  const more = useMore();
  const run = useRun();
  const [isAsked, setIsAsked] = useState(false);
  const [reason, setReason] = useState("");
  const { settings: texts } = more!;
  if (!isAsked) {
    return (
      <button class="danger" type="button" onClick={() => setIsAsked(true)}>
        {texts.close}
      </button>
    );
  }
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    void run((connection) => connection.act("CloseRoom", reason.trim() ? { reason: reason.trim() } : {}));
  };
  return (
    <form class="settings" onSubmit={onSubmit}>
      <p>{texts.closeMeans}</p>
      <label>
        {texts.closeReason}
        <input value={reason} maxLength={200} dir="auto" onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button class="danger" type="submit">
        {texts.closeNow}
      </button>
      <button class="quiet" type="button" onClick={() => setIsAsked(false)}>
        {texts.keepOpen}
      </button>
    </form>
  );
}
