import type { Gate } from "../../../gate/gate.ts";
import { searchKeeper } from "./store.ts";

/**
 * A new secret under the tokens of search, and the index built anew. The marker names the secret: whatever a crash leaves, searches then answer
 * `searchRebuilding` and build the index.
 */
export async function renewSearch(gate: Gate): Promise<void> {
  await gate.keys.rotateSearch();
  // Whoever was being added under tokens of before is there now, and is built anew with the others.
  await gate.actsOver();
  await forgetMarker(gate);
  await searchKeeper(gate).ready();
}

const forgetMarker = (gate: Gate): Promise<unknown> =>
  gate.upkeep("search", { register: "customers", values: false }, (grant) =>
    grant.delete("search_marker").where("register", "=", "customers").execute(),
  );
