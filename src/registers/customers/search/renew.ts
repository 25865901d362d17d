import type { Gate } from "../../../gate/gate.ts";
import { searchKeeper } from "./store.ts";

/**
 * A new secret under the tokens of search, and the index built anew. The marker goes first: whatever a crash leaves, searches then answer
 * `searchRebuilding` and build the index. It goes a second time for a building that somebody's search began under the old secret.
 */
export async function renewSearch(gate: Gate): Promise<void> {
  await forgetMarker(gate);
  await gate.keys.rotateSearch();
  const keeper = searchKeeper(gate);
  await keeper.ready();
  // Once more, for those who were being added meanwhile under tokens of before.
  await forgetMarker(gate);
  await keeper.ready();
}

const forgetMarker = (gate: Gate): Promise<unknown> =>
  gate.upkeep("search", { register: "customers", values: false }, (grant) =>
    grant.delete("search_marker").where("register", "=", "customers").execute(),
  );
