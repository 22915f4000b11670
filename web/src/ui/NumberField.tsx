import { useState } from "preact/hooks";

/** A number as it is typed: while the field is empty, or holds none that may be, the number stays what it was, and is shown again once the field is left. */
export function NumberField({ value, min, max, onNumber }: { value: number; min: number; max: number; onNumber: (value: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const onInput = ({ currentTarget: field }: { currentTarget: HTMLInputElement }): void => {
    setTyped(field.value);
    if (field.validity.valid && !Number.isNaN(field.valueAsNumber)) onNumber(field.valueAsNumber);
  };
  return <input type="number" min={min} max={max} value={typed ?? value} onInput={onInput} onBlur={() => setTyped(null)} />;
}
