export const steps = ["company", "example", "people", "places", "ways", "check", "ready"] as const;
export type StepName = (typeof steps)[number];

/** Anything else in the address is the first step. */
export const stepOf = (value: unknown): StepName => steps.find((step) => step === value) ?? "company";
