import type { ReactNode } from "react";

export type Fact = { term: string; value: ReactNode };

/** Terms and their values, as a list a screen reader knows. */
export function Facts({ facts, tight = false }: { facts: readonly Fact[]; tight?: boolean }) {
  return (
    <dl className="facts" data-tight={tight || undefined}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
