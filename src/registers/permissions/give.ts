// A consent that is given to one who serves the person: in the wording that was told, from a source that may bring it, and only where the channel reaches them.
import type { Description } from "../../description/schema.ts";
import { inLanguage } from "../../description/text.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import { type Actor, decide } from "../../policy/decide.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import type { Permissions } from "./contract.ts";
import { aheadOf, lastDayOf } from "./ending.ts";
import type { Held } from "./held.ts";
import { aboutConsent, consentsOffered, reaches } from "./offered.ts";
import { addConsents } from "./store.ts";

/** What is not in force yet, or ends soon, from the sources that the caller may write down data of. */
export function offeredTo({ description, register, actor }: Asking, held: Held, today: Day): Permissions["offered"] {
  const mayFrom = (source: string, consent: string) => {
    const categories = aboutConsent(description, register, consent);
    return decide(description, { actor, register, verb: "collect", source, categories }).outcome === "allowed";
  };
  const inForce = new Set(
    held.consents.flatMap(({ consent, wording, withdrawnAt, lastDay }) =>
      withdrawnAt === null && !isEnding(lastDay, today) ? [`${consent} ${wording}`] : [],
    ),
  );
  const all = new Map<string, Permissions["offered"][number]>();
  for (const source of Object.keys(description.sources))
    for (const { id, declared, wording } of consentsOffered(description, source, today)) {
      if (inForce.has(`${id} ${wording.version}`) || !mayFrom(source, id)) continue;
      const { purpose, channels } = declared;
      const text = Object.fromEntries(
        description.languages.map((each) => [each, inLanguage(description, wording.text, each)]),
      );
      const one = all.get(id) ?? { consent: id, purpose, channels, wording: wording.version, text, sources: [] };
      all.set(id, { ...one, sources: [...one.sources, source] });
    }
  return [...all.values()];
}
/** Soon enough to be asked anew. */
const isEnding = (lastDay: string | null, today: Day): boolean => lastDay !== null && lastDay <= aheadOf(today);
type Asking = { description: Description; register: string; actor: Actor };

/** Throws `invalid.consent` for another wording than the day's, `noWayToReach` where the customer has no address for any of its channels. */
export async function give(
  grant: WritingGrant<"customers", "collect">,
  told: { consent: string; wording: number; language: Language; source: string },
): Promise<{ consent: string }> {
  const { description } = grant;
  const { consent, wording, language, source } = told;
  const there = await grant.selectFrom("customer").select("subject_id").executeTakeFirst();
  if (!there) throw notFound();
  const offered = consentsOffered(description, source, dayInHelsinki(grant.at)).find(({ id }) => id === consent);
  if (offered?.wording.version !== wording) throw invalid("consent");
  const { purpose, channels } = offered.declared;
  const held = await grant.selectFrom("customer_value").select("category").execute();
  const known = held.map(({ category }) => category);
  if (!reaches(description, channels, known)) throw new Problem("noWayToReach", 422);
  const permissions = grant.permissions();
  const same = await permissions
    .selectFrom("consent")
    .select("given_at")
    .where("consent", "=", consent)
    .where("wording", "=", wording)
    .where("withdrawn_at", "is", null)
    .orderBy("given_at", "desc")
    .executeTakeFirst();
  const text = inLanguage(description, offered.wording.text, language);
  const given = { consent, purpose, channels, wording: { version: wording, text }, language, source };
  const anew = same && isEnding(lastDayOf(description, consent, same.given_at), dayInHelsinki(grant.at));
  if (!same || anew) await addConsents(permissions, [given]);
  return { consent };
}
