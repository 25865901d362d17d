// Taking a change back: the earlier value returns with the origin it had, not as something that was told today. Nobody keeps the earlier value for
// that: whoever changed it has it on the screen, and this says for a while, signed, what origin belongs to it.
import type { Gate } from "../../gate/gate.ts";
import { Problem } from "../../values/problem.ts";
import type { Entry } from "./fields.ts";

/** The origin of one value as its row holds it. */
export type Was = {
  category: string;
  source: string;
  at: string;
  by: string;
  purpose: string;
  basis: string;
  ground: string | null;
};
type Said = { subject: string; actor: string; until: number; was: Was[] };

/** The button is there for ten seconds; an answer may be slow. */
const LASTS_MS = 120_000;

/** For the values that a change has just taken the place of. `values`: in the order of `was`. */
export function undoOf(
  gate: Gate,
  about: { subject: string; actor: string },
  was: readonly Was[],
  values: readonly string[],
): string {
  const said: Said = { ...about, until: gate.clock.now().getTime() + LASTS_MS, was: [...was] };
  const text = JSON.stringify(said);
  return `${Buffer.from(text, "utf8").toString("base64url")}.${signature(gate, text, values)}`;
}

/**
 * The origins that the values of `entries` had. They go back under the retention rule that their category has now, counted from the moment they were
 * written down then: taking back neither lengthens nor revives what a new description has moved.
 * @throws Problem `undoTooLate` (409): another person, other values, or too long ago
 */
export function originsOf(
  gate: Gate,
  about: { subject: string; actor: string },
  undo: string,
  entries: readonly Entry[],
): ReadonlyMap<string, Was> {
  const [head = "", mark = ""] = undo.split(".");
  const text = Buffer.from(head, "base64url").toString("utf8");
  const said = saidIn(text);
  const values = said?.was.map(({ category }) => entries.find((entry) => entry.category === category)?.value ?? null);
  const sound =
    said !== undefined &&
    values !== undefined &&
    values.length === entries.length &&
    values.every((value) => value !== null) &&
    mark === signature(gate, text, values) &&
    said.subject === about.subject &&
    said.actor === about.actor &&
    said.until >= gate.clock.now().getTime();
  if (!sound) throw new Problem("undoTooLate", 409);
  return new Map(said.was.map((was) => [was.category, was]));
}

const signature = (gate: Gate, text: string, values: readonly (string | null)[]): string =>
  gate.keys.mac("undo", JSON.stringify([text, ...values])).toString("base64url");

/** Read before it is believed: whoever made it up has no signature for it. */
function saidIn(text: string): Said | undefined {
  try {
    const said = JSON.parse(text) as Said;
    return Array.isArray(said?.was) ? said : undefined;
  } catch {
    return undefined;
  }
}
