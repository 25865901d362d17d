// Whose account ends by itself: people who are not the company's own, and those who come to inspect, do not stay by being forgotten.
import type { Description } from "../description/schema.ts";

type Role = Description["roles"][string];

/** A role that looks and changes nothing: an inspection has an end, and who carries it out need not be of the company. */
export const onlyInspects = ({ inspects, keeps, rights, may }: Role): boolean =>
  inspects.length > 0 &&
  keeps.length === 0 &&
  rights.length === 0 &&
  may.every(({ verbs }) => verbs.every((verb) => verb === "read"));

/** Those of an account's roles that nobody has without a last day: of another organisation's people, or all of them where all only inspect. */
export function rolesThatEnd({ roles }: Description, held: readonly string[]): string[] {
  const known = Object.entries(roles).filter(([id]) => held.includes(id));
  const inspects = known.every(([, role]) => onlyInspects(role));
  return known.flatMap(([id, { processor }]) => (inspects || processor !== undefined ? [id] : []));
}
