// Who may be reached at an address: the whole of it, by the same tokens that searches use.
import { holdsOneOf } from "../../../db/fragments.ts";
import type { WritingGrant } from "../../../gate/gate.ts";
import { dayInHelsinki } from "../../../values/Day.ts";
import type { Email } from "../../../values/Email.ts";
import { Problem } from "../../../values/problem.ts";
import { fieldsOf, wantedBy } from "../fields.ts";

/** Beginnings of words are what tokens know: of the many that share them the value itself tells. */
const MOST_LIKE = 500;

/** Kinds by subject, of those who have the address in a category of type e-mail. @throws Problem `searchRebuilding` (503) */
export async function holdersOf(
  grant: WritingGrant<"customers", "change">,
  email: Email,
): Promise<ReadonlyMap<string, string>> {
  const ready = await grant
    .selectFrom("search_marker")
    .select("register")
    .where("register", "=", "customers")
    .where("version", "=", grant.searchVersion)
    .executeTakeFirst();
  if (!ready) throw new Problem("searchRebuilding", 503);
  const categories = fieldsOf(grant.description, grant.register).flatMap(({ category, type }) =>
    type === "email" ? [category] : [],
  );
  const wanted = wantedBy(email, dayInHelsinki(grant.at));
  if (categories.length === 0 || wanted.length === 0) return new Map();
  const rows = await grant
    .selectFrom("customer_search")
    .innerJoin("customer as c", "c.subject_id", "customer_search.subject_id")
    .innerJoin("customer_value as v", "v.subject_id", "customer_search.subject_id")
    .select(["v.subject_id", "v.category", "v.sealed", "c.kind"])
    .where("v.category", "in", categories)
    .where((eb) =>
      eb.and(
        wanted.map(({ terms }) =>
          holdsOneOf(
            "customer_search.tokens",
            categories.flatMap((category) => grant.tokens(category, terms)),
          ),
        ),
      ),
    )
    .limit(MOST_LIKE)
    .execute();
  const plain = await grant.open(rows.map((row) => ({ ...row, row: row.subject_id })));
  return new Map(rows.flatMap(({ subject_id, kind }, n) => (plain[n] === email ? [[subject_id, kind] as const] : [])));
}
