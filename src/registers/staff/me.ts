import type { z } from "zod";
import type { Gate } from "../../gate/gate.ts";
import type { Actor } from "../../policy/decide.ts";
import type { Language } from "../../values/Language.ts";
import { newId } from "../../values/Uuid.ts";
import type { Me } from "./contract.ts";
import { mayList, purposesHeld } from "./may.ts";
import { listTokens } from "./sessionStore.ts";
import { rolesWithheld, standingOf } from "./signIn/withheld.ts";
import { findAccount, rolesOf } from "./store.ts";

export type SomebodySignedIn = Extract<Actor, { roles: readonly string[] }>;

/** Who is signed in, what they may do and for which purposes, by the description in force. */
export async function meOf(gate: Gate, actor: SomebodySignedIn): Promise<z.input<typeof Me>> {
  const { description } = gate.inForce();
  const ask = { register: "staff", verb: "read", place: "roles", silent: true } as const;
  const self = await gate.serving({ actor, requestId: newId() }, ask, async (grant) => {
    if (actor.kind === "staff") {
      const account = await findAccount(grant, actor.id);
      if (!account) return account;
      const roles = await rolesOf(grant, actor.id);
      return {
        ...account,
        withheld: rolesWithheld(description, roles, await standingOf(grant, actor.id, account.endsOn)),
      };
    }
    const token = (await listTokens(grant)).find(({ id }) => id === actor.id);
    return token && { name: token.name, language: "en" as Language, withheld: [] };
  });
  const language = self?.language ?? "en";
  const purposes = purposesHeld(description, actor.roles, language);
  return {
    id: actor.id,
    name: self?.name ?? "",
    language,
    roles: [...actor.roles],
    withheld: self?.withheld ?? [],
    may: mayList(description, actor),
    mayFor: Object.fromEntries(purposes.map(({ id }) => [id, mayList(description, actor, id)])),
    company: description.controller.name,
    purposes,
  };
}
