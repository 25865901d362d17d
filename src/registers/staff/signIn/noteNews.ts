import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { type NewsKind, placeOfNews } from "./news.ts";

/** Writes down what has no event of its own: a person who is not signed in yet acts as themselves. */
export async function noteNews(gate: Gate, caller: Caller, id: string, kind: NewsKind): Promise<void> {
  const themselves: Caller = { ...caller, actor: { kind: "staff", id, roles: [] } };
  const ask = { register: "staff", verb: "change", place: placeOfNews(kind), subject: id } as const;
  await gate.serving(themselves, ask, async () => undefined);
}
