/** The request that led to the page of a person: the way back goes there. */
export const caseSearch = ({ of }: Record<string, unknown>): { of?: string } => (typeof of === "string" ? { of } : {});
