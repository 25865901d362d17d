// Where the program cannot look: made from the description, so that no place that it names is forgotten.
import type { Description } from "../../description/schema.ts";
import type { RequestedRight } from "../../description/terms.ts";
import { inLanguage } from "../../description/text.ts";
import type { RequestChannel, RequestTask } from "./contract.ts";

export type NewTask = Pick<RequestTask, "kind" | "place" | "registers">;

/** Looked through for these rights; consent and objection reach those who act on it, and portability is of automated processing only (GDPR Art. 20(1)(b)). */
const LOOKS: ReadonlySet<RequestedRight> = new Set(["access", "rectification", "erasure", "restriction"]);
/** Recipients are told of these (GDPR Art. 19). */
const TELLS: ReadonlySet<RequestedRight> = new Set(["rectification", "erasure", "restriction"]);

/** Systems other than the program's own, processors that are given data, and for Art. 19 the other recipients; each once, in the description's order. */
export function tasksFor(description: Description, right: RequestedRight): NewTask[] {
  const { registers, systems, flows } = description;
  const holding = Object.entries(systems).flatMap(([place, { kind }]): NewTask[] => {
    const of = Object.keys(registers).filter((id) => registers[id]?.systems.includes(place));
    const reached = kind === "builtIn" || kind === "helper" || (right === "portability" && kind !== "connected");
    return reached || of.length === 0 ? [] : [{ kind: "system", place, registers: of }];
  });
  const given = Object.entries(flows).flatMap(([id, { from, to }]): NewTask[] => {
    const of = "register" in from ? [from.register] : [];
    if ("processor" in to) return [{ kind: "processor", place: to.processor, registers: of }];
    return "recipient" in to && TELLS.has(right) ? [{ kind: "recipient", place: id, registers: of }] : [];
  });
  const looked = LOOKS.has(right) || right === "portability" ? holding : [];
  return once([...looked, ...given]);
}

/** Whether the request itself came in there: mail in the system that holds the company's correspondence, else the system that is called as the source is. */
export function cameThrough(
  description: Description,
  channel: RequestChannel,
  { kind, place }: Pick<NewTask, "kind" | "place">,
): boolean {
  const { registers, sources, systems } = description;
  const system = kind === "system" && Object.hasOwn(systems, place) ? systems[place] : undefined;
  if (system === undefined) return false;
  const holdsMail = Object.values(registers).some(
    (one) => one.kind === "correspondence" && one.systems.includes(place),
  );
  if (channel === "email" && system.kind === "connected" && holdsMail) return true;
  const name = inLanguage(description, system.label);
  return Object.values(sources).some(
    (source) => source.kind === channel && inLanguage(description, source.label) === name,
  );
}

function once(tasks: readonly NewTask[]): NewTask[] {
  const of = Map.groupBy(tasks, ({ kind, place }) => `${kind} ${place}`);
  return [...of.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, registers: [...new Set([first, ...more].flatMap(({ registers }) => registers))] }] : [],
  );
}
