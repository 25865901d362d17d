export const kinds = ["dataflow", "notice", "record", "staff"] as const;
export type Kind = (typeof kinds)[number];

/** Anything else in the address is the data-flow description. */
export const kindOf = (value: unknown): Kind => kinds.find((kind) => kind === value) ?? "dataflow";
