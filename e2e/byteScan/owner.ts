import { ownersSecret } from "../../bench/backups.ts";
import { identityOf } from "../../src/backup/seal.ts";

/** What is on the owner's paper, as `age` takes it. */
export const ownersIdentity = async (dataDir: string): Promise<string> => identityOf(await ownersSecret(dataDir));
