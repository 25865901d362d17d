// What was done for a person by another act is written onto their open requests in the same transaction, so that nobody has to remember it.
import type { Steps } from "../../gate/gate.ts";

type Grant = ReturnType<Steps["requests"]>;

/** The access package was put together: for requests of access and of portability (GDPR Art. 15, 20) whose person is known. */
export const notePackage = (grant: Grant): Promise<unknown> =>
  openOnes(grant, ["access", "portability"]).set({ package_at: grant.at, package_by: grant.actor.id }).execute();

/** An erasure was carried out; its certificate is found by the person's number. */
export const noteErasure = (grant: Grant): Promise<unknown> =>
  openOnes(grant, ["erasure", "objection", "withdrawal"])
    .set({ erased_at: grant.at, erased_by: grant.actor.id })
    .execute();

const openOnes = (grant: Grant, rights: readonly string[]) =>
  grant
    .update("person_request")
    .where("asked_right", "in", [...rights])
    .where("identified_at", "is not", null)
    .where("outcome", "is", null);
