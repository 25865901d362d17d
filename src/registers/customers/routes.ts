import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { registerOfKind, strayOf } from "../../policy/decide.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { findPersonalIdentityCodes } from "../../values/PersonalIdentityCode.ts";
import { invalid, Problem } from "../../values/problem.ts";
import type { Names } from "../names.ts";
import { answered } from "./awaiting.ts";
import * as contract from "./contract.ts";
import { categoriesNamed, entriesOf, type Field, fieldsOf } from "./fields.ts";
import { nameOrderOf } from "./search/byName.ts";
import {
  browseCustomers,
  findDuplicates,
  hidesDuplicates,
  listCustomers,
  type SearchKeeper,
  searchCustomers,
} from "./search/store.ts";
import { addCustomer, changeCustomer, findCustomer, kindOf, revealIdentityCode } from "./store.ts";
import { originsOf, undoOf } from "./undo.ts";

export function customerRoutes(serve: Serve, gate: Gate, keeper: SearchKeeper, names: Names) {
  const fields = (): Field[] => {
    const { description } = gate.inForce();
    return fieldsOf(description, registerOfKind(description, "customers") ?? "");
  };
  const today = () => dayInHelsinki(gate.clock.now());
  const order = nameOrderOf(gate);
  /** PostgreSQL that came back from a crash has an empty index: it is made again while searches say so. */
  const searching = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Problem && error.code === "searchRebuilding") {
        void keeper.ready().catch(() => undefined);
        throw new Problem("searchRebuilding", 503, { done: keeper.progress() });
      }
      throw error;
    }
  };

  serve(
    contract.addCustomer,
    (grant, { body }) =>
      addCustomer(grant, {
        kind: body.kind,
        organisationId: null,
        source: body.source,
        ground: body.personalIdentityCodeGround ?? null,
        entries: entriesOf(fields(), body, today()),
      }),
    {
      asks: (body) => ({
        ...categoriesNamed(fields(), body),
        source: body.source,
        subjectKind: body.kind,
        identityCodeGround: body.personalIdentityCodeGround,
      }),
      told: async (answer) => {
        order.changed(answer.id);
        return answer;
      },
    },
  );
  serve(
    contract.addContact,
    async (grant, { body }) => {
      // The grant is of the organisation: it is visible to the caller, and no erasure takes it before its contact person stands.
      if ((await kindOf(grant)) !== "organisation") throw invalid("organisation");
      const entries = entriesOf(fields(), body, today());
      return addCustomer(await grant.beside(), {
        kind: "contactPerson",
        organisationId: grant.subject,
        source: body.source,
        ground: null,
        entries,
      });
    },
    {
      asks: (body) => ({
        ...categoriesNamed(fields(), body),
        source: body.source,
        subjectKind: "contactPerson",
      }),
    },
  );
  serve(contract.listCustomers, (grant, { query }) => {
    if (query.search === undefined || query.search.trim() === "")
      return query.order === "name" ? browseCustomers(grant, order, query) : listCustomers(grant, query);
    // An address stays in histories and in logs of others on the way.
    if (findPersonalIdentityCodes(query.search).some(({ certain }) => certain)) throw invalid("identityCodeInUrl");
    return searching(searchCustomers(grant, query.search, query.limit));
  });
  serve(contract.searchCustomers, (grant, { body }) =>
    body.search.trim() === ""
      ? listCustomers(grant, { limit: body.limit })
      : searching(searchCustomers(grant, body.search, body.limit)),
  );
  serve(contract.findDuplicates, async (grant, { body }) => {
    const items = await searching(findDuplicates(grant, body));
    return { items, hidden: await hidesDuplicates(gate, grant, body) };
  });
  serve(contract.markAnswered, async (grant) => {
    await kindOf(grant);
    await answered(grant);
    return { id: grant.subject };
  });
  serve(contract.readCustomer, async (grant, _, { caller }) => {
    const customer = await findCustomer(grant);
    const origins = Object.entries(customer.origins);
    const known = await names(
      caller,
      origins.map(([, { by }]) => by),
    );
    const named = origins.map(([category, origin]) => {
      const byName = known.get(origin.by);
      return [category, byName === undefined ? origin : { ...origin, byName }] as const;
    });
    return { ...customer, origins: Object.fromEntries(named) };
  });
  // Beside the answer that a repeated request is given: nothing of the earlier values stands in the table of those answers.
  const undos = new WeakMap<object, string>();
  serve(
    contract.changeCustomer,
    async (grant, input, { caller }) => {
      const { body } = input;
      // Asked under the lock: an erasure that was waited for has taken the customer, and values written now would be seen by nobody.
      const kind = await kindOf(grant);
      const entries = entriesOf(fields(), body, today());
      const given = entries.filter(({ value }) => value !== null).map(({ category }) => category);
      const stray = strayOf(grant.description, { register: grant.register, kind }, given);
      if (stray)
        await gate.refuse(caller, gate.inForce(), { verb: "change", register: grant.register }, stray, [grant.subject]);
      const ground = body.personalIdentityCodeGround ?? null;
      const about = { subject: grant.subject, actor: grant.actor.id };
      const back = body.undo === undefined ? {} : { was: originsOf(gate, about, body.undo, entries) };
      const { id, was, values } = await changeCustomer(grant, { kind, source: body.source, ground, entries, ...back });
      // A personal identity code is on nobody's screen to be put back from.
      const open = entries.every(({ type }) => type !== "personalIdentityCode");
      if (open && was.length === entries.length) undos.set(input, undoOf(gate, about, was, values));
      return { id };
    },
    {
      asks: (body) => ({
        ...categoriesNamed(fields(), body),
        source: body.source,
        identityCodeGround: body.personalIdentityCodeGround,
      }),
      told: async (answer, input) => {
        order.changed(answer.id);
        const undo = undos.get(input);
        return undo === undefined ? answer : { ...answer, undo };
      },
    },
  );
  serve(
    contract.revealIdentityCode,
    async (grant, { body }) => ({ personalIdentityCode: await revealIdentityCode(grant, body.reason) }),
    {
      asks: () => ({
        categories: fields()
          .filter(({ type }) => type === "personalIdentityCode")
          .map(({ category }) => category),
      }),
    },
  );
}
