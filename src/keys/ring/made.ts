/** Whole seconds since 1970, as they stand in the files: enough until 2106. 0 means that an older keyring did not say. */
export type Seconds = number;

export const secondsOf = (at: Date): Seconds => Math.max(1, Math.floor(at.getTime() / 1000));

export const dateOf = (seconds: Seconds): Date | null => (seconds === 0 ? null : new Date(seconds * 1000));
