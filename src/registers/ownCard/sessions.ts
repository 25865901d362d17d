// Open cards: of the secret in the person's cookie only a hash stands here.
import type { WritingGrant } from "../../gate/gate.ts";
import { digest } from "../../keys/token.ts";
import { CARD_IDLE_MS, CARD_LONGEST_MS } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";

type Ways = WritingGrant<"ownCard", "change">;
export type OpenCard = { id: string; subject: string };

/** `subject`: whose card is opened. */
export async function openCard(grant: Ways, secret: string, subject: string, way: "link" | "mailCode"): Promise<void> {
  const at = { started_at: grant.at, seen_at: grant.at, ends_at: new Date(grant.at.getTime() + CARD_LONGEST_MS) };
  const row = { digest: digest(secret), id: newId(grant.at), subject_id: subject, way, ...at };
  await grant.insertMany("own_card_session", [row]).execute();
}

/** The card that the secret has open, seen now; null where it is closed, too old or was left unused. */
export async function seeCard(grant: Ways, secret: string): Promise<OpenCard | null> {
  const row = await grant
    .update("own_card_session")
    .set({ seen_at: grant.at })
    .where("digest", "=", digest(secret))
    .where("ends_at", ">", grant.at)
    .where("seen_at", ">", new Date(grant.at.getTime() - CARD_IDLE_MS))
    .returning(["id", "subject_id"])
    .executeTakeFirst();
  return row ? { id: row.id, subject: row.subject_id } : null;
}

export async function closeCard(grant: Ways, secret: string): Promise<void> {
  await grant.delete("own_card_session").where("digest", "=", digest(secret)).execute();
}

/** Everybody's, and every link and code: what was used or revoked when a copy was made would work again. */
export async function closeAll(grant: Ways): Promise<void> {
  for (const table of ["own_card_session", "own_card_code", "own_card_link"] as const)
    await grant.delete(table).execute();
}

/** What has come to its end. A link that was used or has ended is shown to the staff for a while after. */
export async function clearEnded(grant: Ways): Promise<void> {
  const idle = new Date(grant.at.getTime() - CARD_IDLE_MS);
  await grant
    .delete("own_card_session")
    .where((where) => where.or([where("ends_at", "<", grant.at), where("seen_at", "<", idle)]))
    .execute();
  await grant.delete("own_card_code").where("ends_at", "<", grant.at).execute();
  await grant
    .delete("own_card_link")
    .where("ends_at", "<", new Date(grant.at.getTime() - SHOWN_MS))
    .execute();
}
const SHOWN_MS = 90 * 24 * 3_600_000;
