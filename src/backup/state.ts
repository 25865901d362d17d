import type { Problem } from "../values/problem.ts";

/** How the copies stand. Times are ISO moments, `trouble` and `problem` codes of a `Problem`. Nothing of a person. */
export type BackupState = {
  /** null: nothing is copied by itself. */
  readonly target: { readonly dir: string; readonly system: string } | null;
  /** The database is the operator's own, and so are its copies; the keyring's are ours. */
  readonly operators: boolean;
  readonly lastBase: { readonly at: string; readonly name: string; readonly bytes: number } | null;
  readonly lastAttempt: {
    readonly at: string;
    readonly problem: string | null;
    readonly problemFacts: Problem["facts"];
  } | null;
  /** `lagSeconds`: since the last time when nothing waited to be carried away; what is newer may be lost, and up to 40 seconds more. */
  readonly log: {
    readonly shippedAt: string | null;
    readonly waiting: number;
    readonly lagSeconds: number | null;
  } | null;
  /** What a restore must know of erasures and prohibitions: up to when. */
  readonly journal: { readonly at: string | null };
  readonly keyring: { readonly at: string | null; readonly ageSeconds: number | null };
  /** Segments were given up to save the disk: moments before the next base copy cannot be restored to. */
  readonly gap: boolean;
  readonly trouble: string | null;
  /** What the trouble's sentence names. */
  readonly troubleFacts: Problem["facts"];
  readonly nextBaseAt: string | null;
};
