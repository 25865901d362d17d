// The policy's conditions on a subject, as predicates of the statement that reads the rows: one snapshot, no second query.
import { type RawBuilder, sql } from "kysely";
import type { Condition } from "../policy/decide.ts";

/** True in SQL where the subject meets every condition, and where there is none to meet. */
export function meets(conditions: readonly Condition[], subject: RawBuilder<unknown>): RawBuilder<boolean> {
  const predicates = conditions.map((condition) => predicate(condition, subject));
  return sql.join([sql`true`, ...predicates], sql` and `);
}

function predicate(condition: Condition, subject: RawBuilder<unknown>): RawBuilder<boolean> {
  switch (condition.kind) {
    case "notRestricted":
      return sql<boolean>`not exists (select from restriction r where r.subject_id = ${subject} and r.register = ${condition.register}
        and r.lifted_at is null and not (${condition.purpose} = any(r.purposes)))`;
    case "consented":
      return sql<boolean>`exists (select from consent c where c.subject_id = ${subject} and c.purpose = ${condition.purpose} and c.withdrawn_at is null)`;
    case "notObjected":
      return sql<boolean>`not exists (select from objection o where o.subject_id = ${subject} and o.purpose = ${condition.purpose} and o.lifted_at is null)`;
  }
}
