import { useWanted } from "./useWanted";

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  /** Resolves to whether it was carried out. */
  onChoose: (value: T) => Promise<boolean>;
  /** The label is for readers alone. */
  isBare?: boolean;
}

/** One of several, which counts as soon as it is chosen. */
export function Choice<T extends string>({ label, value, options, onChoose, isBare = false }: Props<T>) {
  const [shown, want] = useWanted(value);
  const onChange = (chosen: T): void => want(chosen, onChoose(chosen));
  return (
    <label>
      <bdi class={isBare ? "hidden" : undefined}>{label}</bdi>
      <select value={shown} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
