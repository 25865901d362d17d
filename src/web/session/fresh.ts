import { call } from "../../api/call.ts";
import { readProof } from "../../registers/staff/signIn/contract.ts";
import { proveAgain } from "./proof.ts";

/** For a link that the browser itself follows: false where the person would not prove it, or nobody answers. */
export async function isFresh(): Promise<boolean> {
  try {
    const { freshUntil } = await call(readProof, {});
    return freshUntil !== null || (await proveAgain());
  } catch {
    return false;
  }
}
