// A consent that is given to one who serves the person: in the wording that was told, from a source that may bring it, and only where the channel reaches them.
import type { Description } from "../../description/schema.ts";
import { inLanguage } from "../../description/text.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import { type Actor, decide } from "../../policy/decide.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import type { Permissions } from "./contract.ts";
import type { Held } from "./held.ts";
import { aboutConsent, consentsOffered, reaches } from "./offered.ts";
import { addConsents } from "./store.ts";

/** What is not in force yet, from the sources that the caller may write down data of. */
export function offeredTo({ description, register, actor }: Asking, held: Held, today: Day): Permissions["offered"] {
  const mayFrom = (source: string, consent: string) => {
    const categories = aboutConsent(description, register, consent);
    return decide(description, { actor, register, verb: "collect", source, categories }).outcome === "allowed";
  };
  const inForce = new Set(
    held.consents.flatMap((one) => (one.withdrawnAt === null ? [`${one.consent} ${one.wording}`] : [])),
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
    .select("id")
    .where("consent", "=", consent)
    .where("wording", "=", wording)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  const text = inLanguage(description, offered.wording.text, language);
  const given = { consent, purpose, channels, wording: { version: wording, text }, language, source };
  if (!same) await addConsents(permissions, [given]);
  return { consent };
}
