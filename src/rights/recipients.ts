// To whom a person's data has really gone, as the log tells it (GDPR Art. 15(1)(c) and 19).
import type { Description } from "../description/schema.ts";
import { inLanguage } from "../description/text.ts";
import type { Seen } from "../registers/evidence/seen.ts";
import type { Language } from "../values/Language.ts";
import { labelIn } from "./labels.ts";

export type Recipient = { to: string; flow: string; categories: string[]; last: string; times: number };

/**
 * Only what really went, seen in the log; a flow that has left the description since keeps its id as its name. The log has what a flow may carry:
 * of what stays in this program only what there is of the person (`held`) is told; of what left it, everything, because nobody can look.
 */
export function recipientsOf(
  description: Description,
  acts: readonly Seen[],
  language: Language,
  held?: ReadonlySet<string>,
): Recipient[] {
  const gone = acts.flatMap((act) =>
    act.verb === "disclose" && act.flow !== null ? [{ ...act, flow: act.flow }] : [],
  );
  return [...Map.groupBy(gone, ({ flow }) => flow)].map(([flow, times]) => ({
    to: recipient(description, flow, language),
    flow,
    categories: carried(
      [...new Set(times.flatMap(({ categories }) => categories))],
      staysInside(description, flow) ? held : undefined,
    ),
    last: times[0]?.at.toISOString() ?? "",
    times: times.length,
  }));
}

function carried(may: string[], held: ReadonlySet<string> | undefined): string[] {
  const there = may.filter((category) => held?.has(category) ?? true);
  return there.length > 0 ? there : may;
}

/** Whether the flow goes from one register of this program to another: an erasure reaches there by itself, and nobody has to be told (GDPR Art. 19). */
export function staysInside({ flows, registers, systems }: Description, id: string): boolean {
  const end = Object.hasOwn(flows, id) ? flows[id]?.to : undefined;
  if (!end || !("register" in end)) return false;
  const into = end.system === undefined ? (registers[end.register]?.systems ?? []) : [end.system];
  return into.length > 0 && into.every((system) => systems[system]?.kind === "builtIn");
}

function recipient(description: Description, id: string, language: Language): string {
  const end = Object.hasOwn(description.flows, id) ? description.flows[id]?.to : undefined;
  if (!end) return id;
  if ("processor" in end) return labelIn(description, description.processors, end.processor, language);
  if ("recipient" in end) return inLanguage(description, end.recipient, language);
  if (!("register" in end)) return id;
  const register = labelIn(description, description.registers, end.register, language);
  const system = end.system === undefined ? undefined : description.systems[end.system];
  const runBy =
    system && system.runBy !== "controller"
      ? labelIn(description, description.processors, system.runBy, language)
      : undefined;
  return [register, system && inLanguage(description, system.label, language), runBy].filter(Boolean).join(", ");
}
