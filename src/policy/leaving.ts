// May the whole company be taken out? An act on all registers at once, so its decision is one of its own.
import type { Description } from "../description/schema.ts";
import { type Actor, type Decision, decideKeeping } from "./decide.ts";

/**
 * People and tokens need a role that keeps the backups, since a copy to read is a copy. Whoever operates the machine (`system`) stands for
 * such a role; where the description names none, nobody may: the company has not said who answers for its copies.
 */
export function decideLeaving(description: Description, actor: Actor): Decision {
  if (actor.kind !== "system") return decideKeeping(description, actor, "backups", "change");
  const role = Object.keys(description.roles).find((id) => description.roles[id]?.keeps.includes("backups"));
  if (role === undefined) return { outcome: "refused", reason: "keepingNotByRole", place: "roles" };
  return { outcome: "allowed", purpose: "wayOut", categories: [], conditions: [], place: `roles.${role}.keeps` };
}
