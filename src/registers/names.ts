import type { Caller } from "../gate/caller.ts";

/** Names of accounts and tokens by id, for those who may know them (docs/decisions/0008); others get none. */
export type Names = (caller: Caller, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
