import type { Group } from "./useFindings.ts";

type Props = {
  id: string;
  groups: readonly Group[];
  /** Which one Enter opens, counted over all groups. */
  at: number;
  choose: (n: number) => void;
  open: (n: number) => void;
};

/** What was found, group by group. The field above has the focus and the keys; here is the pointer's way. */
export function Findings({ id, groups, at, choose, open }: Props) {
  const starts = groups.map((_, n) => groups.slice(0, n).reduce((sum, { findings }) => sum + findings.length, 0));
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={groups.map(({ title }) => title).join(", ") || "–"}
      className="palette-list"
    >
      {groups.map(({ title, findings }, group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
        <div key={title} role="group" aria-labelledby={`${id}-group-${group}`}>
          <div id={`${id}-group-${group}`} className="palette-group">
            {title}
          </div>
          {findings.map(({ key, icon: Icon, label, note, keys }, inGroup) => {
            const n = (starts[group] ?? 0) + inGroup;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
              <div
                key={key}
                id={`${id}-${n}`}
                role="option"
                aria-selected={n === at}
                tabIndex={-1}
                className="palette-finding"
                onPointerMove={() => n !== at && choose(n)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => open(n)}
              >
                <Icon size={18} stroke={1.7} aria-hidden />
                <span className="palette-label">{label}</span>
                {note && <span className="palette-note">{note}</span>}
                {keys && (
                  <span className="palette-keys" aria-hidden>
                    {keys.map((key) => (
                      <kbd key={key} className="key">
                        {key}
                      </kbd>
                    ))}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
