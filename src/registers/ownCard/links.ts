// Links that open a person's own card once. The secret is told once, to whoever made the link; here stands its hash.
import type { Steps, WritingGrant } from "../../gate/gate.ts";
import { digest } from "../../keys/token.ts";
import { newId } from "../../values/Uuid.ts";

type Ways = WritingGrant<"ownCard", "change">;
export type LinkLine = {
  id: string;
  identity: string;
  madeAt: Date;
  madeBy: string;
  endsAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
};

/** Letters and digits as a person types them from paper: with or without hyphens, in capitals or not; O and I, L as the digits they are taken for. */
const readOf = (secret: string): string =>
  secret
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");

const hashOf = (secret: string): Buffer => digest(readOf(secret));

/** For the steps' own subject. Answers the link's id. */
export async function addLink(
  steps: Pick<Steps, "ownCard">,
  link: { secret: string; identity: string; endsAt: Date },
): Promise<string> {
  const grant = steps.ownCard();
  const id = newId(grant.at);
  const { secret, identity, endsAt } = link;
  const made = { made_at: grant.at, made_by: grant.actor.id, ends_at: endsAt };
  await grant
    .insert("own_card_link", { id, digest: hashOf(secret), identity, ...made, used_at: null, revoked_at: null })
    .execute();
  return id;
}

/** Newest first; at most fifty. */
export async function listLinks(steps: Pick<Steps, "ownCard">): Promise<LinkLine[]> {
  const rows = await steps
    .ownCard()
    .selectFrom("own_card_link")
    .selectAll()
    .orderBy("made_at", "desc")
    .limit(50)
    .execute();
  return rows.map(({ id, identity, made_at, made_by, ends_at, used_at, revoked_at }) => ({
    ...{ id, identity, madeAt: made_at, madeBy: made_by, endsAt: ends_at, usedAt: used_at, revokedAt: revoked_at },
  }));
}

/** Those that would still open the card. */
export async function countOpenLinks(steps: Pick<Steps, "ownCard">): Promise<number> {
  const grant = steps.ownCard();
  const links = await listLinks(steps);
  return links.filter(({ usedAt, revokedAt, endsAt }) => !usedAt && !revokedAt && endsAt > grant.at).length;
}

/** False where there is none with this id that would still work. */
export async function revokeLink(steps: Pick<Steps, "ownCard">, id: string): Promise<boolean> {
  const grant = steps.ownCard();
  const done = await grant
    .update("own_card_link")
    .set({ revoked_at: grant.at, revoked_by: grant.actor.id })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Uses the link up and answers whose it is; null where there is none that works. Two who press at once: one wins. */
export async function useLink(grant: Ways, secret: string): Promise<string | null> {
  const used = await grant
    .update("own_card_link")
    .set({ used_at: grant.at })
    .where("digest", "=", hashOf(secret))
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("ends_at", ">", grant.at)
    .returning("subject_id")
    .executeTakeFirst();
  return used?.subject_id ?? null;
}
