// What every probe needs: somebody who may, somebody who may not, and a made-up person, all found from the description in force.
import type { Description } from "../description/schema.ts";
import type { Verb } from "../description/terms.ts";
import type { Caller } from "../gate/caller.ts";
import type { Stage } from "../gate/rehearse.ts";
import { decide, registerOfKind } from "../policy/decide.ts";
import { fieldsOf } from "../registers/customers/fields.ts";
import { addCustomer } from "../registers/customers/store.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";

/** A probe that did not find what the description promises. The reason is English and technical, for the log and the page of proofs. */
export class NotKept extends Error {}
/** The description promises nothing here: there is nothing to probe. */
export class NothingToProve extends Error {}

export function expect(kept: boolean, otherwise: string): asserts kept {
  if (!kept) throw new NotKept(otherwise);
}

/** Runs what must be refused; answers the refusal's code. Anything but a refusal of the expected kind is a promise broken. */
export async function refusalOf(attempt: Promise<unknown>, otherwise: string): Promise<Problem> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Problem && (error.code.startsWith("refused.") || error.status === 404)) return error;
    throw error;
  }
  throw new NotKept(otherwise);
}

/** Resolves with what was seen; throws `NotKept` where the description's promise is broken, `NothingToProve` where it promises nothing. */
export type Probe = (scene: Scene) => Promise<string>;
export type Scene = ReturnType<typeof sceneOn>;
const PROBE = "system:probe";

/** `drilled`: copies of ours are made, so that their drills are to be seen. */
export type Circumstances = { readonly drilled: boolean };

export function sceneOn(stage: Stage, description: Description, { drilled }: Circumstances) {
  const customers = registerOfKind(description, "customers");
  if (customers === undefined) throw new NothingToProve("the description has no register of customers");
  const roles = Object.keys(description.roles);
  const as = (role: string, purpose?: string): Caller => ({
    actor: { kind: "staff", id: PROBE, roles: [role] },
    ...(purpose === undefined ? {} : { purpose }),
    requestId: newId(),
  });

  /** The first role and purpose that may do this, with the categories that it may. */
  function whoMay(
    verb: Verb,
    wanted: {
      register?: string;
      categories?: readonly string[];
      source?: string;
      identityCodeGround?: string;
      purpose?: string;
    } = {},
  ) {
    const register = wanted.register ?? customers ?? "";
    for (const role of roles)
      for (const purpose of wanted.purpose === undefined ? Object.keys(description.purposes) : [wanted.purpose]) {
        const { actor } = as(role);
        const decision = decide(description, { actor, verb, register, ...wanted, purpose });
        if (decision.outcome === "allowed")
          return { role, purpose, categories: decision.categories, caller: as(role, purpose) };
      }
    return undefined;
  }

  /** A made-up person with a name only they have, added by whoever may, from a source that may give it. */
  async function person(more: { at?: Date } = {}) {
    if (more.at) stage.setClock(more.at);
    const name = `Koetin-${newId().slice(-12)}`;
    const field = fieldsOf(description, customers ?? "").find(({ fixed }) => fixed === "name");
    if (!field) throw new NothingToProve("customers have no name");
    for (const source of description.categories[field.category]?.givenBy ?? []) {
      const who = whoMay("collect", { categories: [field.category], source });
      if (!who) continue;
      const entries = [{ category: field.category, type: field.type, value: name }];
      const { id } = await stage.gate.write(
        who.caller,
        { register: "customers", verb: "collect", categories: [field.category], source, subjectKind: "person" },
        (grant) => addCustomer(grant, { kind: "person", organisationId: null, source, ground: null, entries }),
      );
      return { id, name, category: field.category, source, who };
    }
    throw new NothingToProve("nobody may add a customer");
  }

  return { stage, description, drilled, customers, roles, as, whoMay, person };
}
