// An act in the words of `Me.may`, read back.
import { Keep, RegisterKind, RightKind, Verb } from "../../../description/terms.ts";
import type { Question } from "../../../policy/why.ts";
import { invalid } from "../../../values/problem.ts";

/** Throws `invalid.act` for anything but the words of `mayList`. */
export function questionOf(act: string): Question {
  const [first = "", second = "", third, ...rest] = act.trim().split(" ");
  if (rest.length > 0) throw invalid("act");
  if (first === "flow") {
    const [from, to] = [RegisterKind.safeParse(second), RegisterKind.safeParse(third)];
    if (from.success && to.success) return { flow: { from: from.data, to: to.data } };
  } else if (first === "right") {
    const right = RightKind.safeParse(second);
    if (right.success && third === undefined) return { right: right.data };
  } else if (first === "keeps") {
    const keeps = Keep.safeParse(second);
    if (keeps.success && (third === "read" || third === "change")) return { keeps: keeps.data, verb: third };
  } else {
    const [verb, register] = [Verb.safeParse(first), RegisterKind.safeParse(second)];
    if (verb.success && register.success) return { verb: verb.data, register: register.data, category: third };
  }
  throw invalid("act");
}
