// Whose account ends by itself: people who are not the company's own, and those who come to inspect, do not stay by being forgotten.
import type { Description } from "../description/schema.ts";

type Role = Description["roles"][string];

/** A role that looks and changes nothing: an inspection has an end, and who carries it out need not be of the company. */
export const onlyInspects = ({ inspects, keeps, rights, may }: Role): boolean =>
  inspects.length > 0 &&
  keeps.length === 0 &&
  rights.length === 0 &&
  may.every(({ verbs }) => verbs.every((verb) => verb === "read"));

/** Whether an account with these roles has a last day: one of them is of another organisation's people, or all of them only inspect. */
export function needsLastDay({ roles }: Description, held: readonly string[]): boolean {
  const known = Object.entries(roles).flatMap(([id, role]) => (held.includes(id) ? [role] : []));
  return known.some(({ processor }) => processor !== undefined) || (known.length > 0 && known.every(onlyInspects));
}
