// Permissions written down when data is collected, in the same transaction as the data itself.
import type { ChannelKind } from "../../description/terms.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import { digest } from "../../keys/token.ts";
import type { Language } from "../../values/Language.ts";
import { newId } from "../../values/Uuid.ts";

export type GivenConsent = {
  consent: string;
  purpose: string;
  channels: readonly ChannelKind[];
  /** Version and text of the wording as it was shown (GDPR Art. 7(1): the controller must be able to show it). */
  wording: { version: number; text: string };
  language: Language;
  source: string;
};

export async function addConsents(
  grant: WritingGrant<"permissions", "collect"> | WritingGrant<"permissions", "change">,
  consents: readonly GivenConsent[],
): Promise<void> {
  const rows = consents.map(({ consent, purpose, channels, wording, language, source }) => ({
    id: newId(),
    consent,
    purpose,
    channels: [...channels],
    wording: wording.version,
    wording_hash: digest(wording.text),
    language,
    source,
    given_at: grant.at,
    given_by: grant.actor.id,
  }));
  if (rows.length === 0) return;
  await grant.insert("consent", rows).execute();
  // What the person says now outweighs what they refused before, for this purpose alone (docs/decisions/0007).
  await grant
    .update("objection")
    .set({ lifted_at: grant.at })
    .where("lifted_at", "is", null)
    .where(
      "purpose",
      "in",
      rows.map(({ purpose }) => purpose),
    )
    .execute();
}
