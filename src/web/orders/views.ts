export const orderViews = ["toInvoice", "open", "delivered", "warrantyEnding", "all"] as const;
export type OrderView = (typeof orderViews)[number];

/** Anything else in the address is the first view. */
export const orderViewOf = (value: unknown): OrderView => orderViews.find((view) => view === value) ?? "all";
