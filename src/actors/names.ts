// Who an actor is to a colleague: the name of an account or a token by its id, opened once and then kept in memory only.
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { Names } from "../registers/names.ts";
import { namesOf } from "../registers/staff/store.ts";
import { isUuid } from "../values/Uuid.ts";

const MOST = 10_000;

export function openNames(gate: Gate): { names: Names; forget: (id: string) => void } {
  const known = new Map<string, string>();
  // A look-up that began before something was forgotten must not be kept.
  let forgotten = 0;

  async function find(ids: readonly string[]): Promise<void> {
    const before = forgotten;
    const caller = systemCaller("names");
    const ask = { register: "staff", verb: "read", place: "roles", silent: true } as const;
    const found = await gate.serving(caller, ask, (grant) => namesOf(grant, ids));
    if (before !== forgotten) return;
    if (known.size + found.size > MOST) known.clear();
    for (const [id, name] of found) known.set(id, name);
  }

  return {
    names: async ({ actor }, ids) => {
      if (actor.kind !== "staff") return new Map();
      const wanted = [...new Set(ids)].filter(isUuid);
      const unknown = wanted.filter((id) => !known.has(id));
      if (unknown.length > 0) await find(unknown);
      return new Map(wanted.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? ""]] : [])));
    },
    forget: (id) => {
      forgotten++;
      known.delete(id);
    },
  };
}
