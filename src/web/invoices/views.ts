export const views = ["newest", "open", "paid"] as const;
export type View = (typeof views)[number];

/** Anything else in the address is the first view. */
export const viewOf = (value: unknown): View => views.find((view) => view === value) ?? "newest";
