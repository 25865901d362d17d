import { useId } from "react";

type Props = {
  label: string;
  /** The label stands before the list and is not only heard. */
  seen?: boolean;
  help?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  choose: (value: string) => void;
};

/** One of a few, in the header: the browser's own list, so that the first page carries none. */
export function Choice({ label, seen, help, value, options, choose }: Props) {
  const id = useId();
  return (
    <>
      {seen && (
        <label className="choice-label" htmlFor={id}>
          {label}
        </label>
      )}
      <select
        className="choice"
        id={id}
        aria-label={label}
        title={help}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  );
}
