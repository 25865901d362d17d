type Props = {
  label: string;
  help?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  choose: (value: string) => void;
};

/** One of a few, in the header: the browser's own list, so that the first page carries none. */
export function Choice({ label, help, value, options, choose }: Props) {
  return (
    <select
      className="choice"
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
  );
}
