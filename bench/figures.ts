// Sums of measurements, and how they are printed.

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** The value that `share` (0–1) of all are at most. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Largest minus smallest, as a share of the median: how much to trust the figure. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);

const shown = (value: number | string): string => {
  if (typeof value === "string" || Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
};

/** "name key=value key=value" */
export const line = (name: string, figures: Readonly<Record<string, number | string>>): string =>
  [name, ...Object.entries(figures).map(([key, value]) => `${key}=${shown(value)}`)].join(" ");
