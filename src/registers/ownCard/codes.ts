// Codes that go to the address the register holds. Whoever waits for one has a row, also where the address is nobody's, so that both are asked and answered alike.
import type { WritingGrant } from "../../gate/gate.ts";
import { digest } from "../../keys/token.ts";
import { CODE_MS, CODE_TRIES } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";

type Ways = WritingGrant<"ownCard", "change">;

/** A browser begins to wait. `nothing`: a keyed hash of what nobody is told. */
export async function addWaiting(grant: Ways, waiting: string, nothing: Buffer): Promise<void> {
  const endsAt = new Date(grant.at.getTime() + CODE_MS);
  const row = { waiting: digest(waiting), subject_id: newId(grant.at), code_mac: nothing, tries: 0 };
  await grant.insertMany("own_card_code", [{ ...row, made_at: grant.at, ends_at: endsAt }]).execute();
}

/** The address is somebody's: the code that goes to them opens their card in the browser that waits. False where it waits no more. */
export async function setCode(grant: Ways, waiting: string, subject: string, mac: Buffer): Promise<boolean> {
  const row = await grant
    .delete("own_card_code")
    .where("waiting", "=", digest(waiting))
    .where("ends_at", ">", grant.at)
    .returningAll()
    .executeTakeFirst();
  if (!row) return false;
  await grant.insertMany("own_card_code", [{ ...row, subject_id: subject, code_mac: mac }]).execute();
  grant.answering([subject]);
  return true;
}

/**
 * Whose card the code opens; null where it is wrong, late or tried too often. Counted before it is compared, in one statement, so that many at once do not
 * all pass; a code that opened a card is gone.
 */
export async function tryCode(grant: Ways, waiting: string, mac: Buffer): Promise<string | null> {
  const row = await grant
    .update("own_card_code")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("waiting", "=", digest(waiting))
    .where("tries", "<", CODE_TRIES)
    .where("ends_at", ">", grant.at)
    .returning(["subject_id", "code_mac"])
    .executeTakeFirst();
  if (!row?.code_mac.equals(mac)) return null;
  await grant.delete("own_card_code").where("waiting", "=", digest(waiting)).execute();
  return row.subject_id;
}
