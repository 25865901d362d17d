import { ownersSecret } from "../../bench/keyringCopy.ts";
import { ageSecretOf } from "../../src/documents/recoverySheet/secret.ts";

/** What is on the owner's paper, as `age` takes it. */
export const ownersIdentity = async (dataDir: string): Promise<string> => ageSecretOf(await ownersSecret(dataDir));
