import { NearList } from "../../ui/NearList";
import type { Draft } from "./ChatContext";
import type { ChatLine } from "./ChatLog";
import { Line } from "./Line";

const lineGuessPx = 26;

interface Props {
  lines: readonly ChatLine[];
  before: ChatLine | undefined;
  /** The newest are always there. */
  isNewest: boolean;
  onDraft: (draft: Draft) => void;
}

/** Some lines that come and go together. */
export function Chunk({ lines, before, isNewest, onDraft }: Props) {
  return (
    <NearList within=".messages" count={lines.length} guessPx={lineGuessPx} isKept={isNewest}>
      {() => lines.map((line, i) => <Line key={line.offset} line={line} before={lines[i - 1] ?? before} onDraft={onDraft} />)}
    </NearList>
  );
}
