// What happened: every act with its ground, and every erasure. Of those who have been erased only ids are left, here as in the register.
import type { Everything } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { registerOfKind } from "../policy/decide.ts";
import type { Cell } from "./csv.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const EVENT = [
  ...["id", "at", "actor", "actorKind", "roles", "verb", "register", "subjects", "purpose", "categories", "flow"],
  ...["channel", "right", "decision", "reason", "why", "place", "version", "requestId"],
] as const;
const ERASURE = [
  ...[
    "id",
    "customerId",
    "register",
    "categories",
    "ground",
    "by",
    "rowsGoneAt",
    "keysDueOn",
    "keysDestroyedAt",
    "keys",
    "certificateId",
  ],
] as const;

export async function* evidence(all: Everything, spools: Spools): AsyncGenerator<OutFile, About[]> {
  const grant = all.of("evidence");
  const events = await openTable(spools, "events", EVENT);
  const eventsAfter = (after: number | undefined) => {
    const query = grant.selectFrom("audit_event").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  };
  for await (const some of pages<Awaited<ReturnType<typeof eventsAfter>>[number]>((last) => eventsAfter(last?.id))) {
    for (const row of some) {
      const record = {
        ...{ id: row.id, at: row.at.toISOString(), actor: row.actor, actorKind: row.actor_kind, roles: row.roles },
        ...{ verb: row.verb, register: row.register, subjects: row.subjects, purpose: row.purpose },
        ...{ categories: row.categories, flow: row.flow, channel: row.channel, right: row.right_kind },
        ...{ decision: row.decision, reason: row.reason, why: await whyOf(all, row) },
        ...{ place: row.place, version: row.version, requestId: row.request_id },
      };
      await events.add({ cells: Object.values(record).map(cell), record });
    }
  }
  const erasures = await openTable(spools, "erasures", ERASURE);
  const erasuresAfter = (after: string | undefined) => {
    const query = grant.selectFrom("erasure_ledger").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  };
  for await (const some of pages<Awaited<ReturnType<typeof erasuresAfter>>[number]>((last) => erasuresAfter(last?.id)))
    for (const row of some) {
      const record = {
        ...{ id: row.id, customerId: row.subject_id, register: row.register, categories: row.categories },
        ...{ ground: row.ground, by: row.by, rowsGoneAt: row.rows_gone_at.toISOString(), keysDueOn: row.keys_due_on },
        ...{
          keysDestroyedAt: row.keys_destroyed_at?.toISOString() ?? null,
          keys: row.keys,
          certificateId: row.certificate_id,
        },
      };
      await erasures.add({ cells: Object.values(record).map(cell), record });
    }
  const [ended, endedErasures] = [await events.end(), await erasures.end()];
  yield* ended.files;
  yield* endedErasures.files;
  return [ended.about, endedErasures.about];
}

const cell = (value: string | number | string[] | null): Cell => (Array.isArray(value) ? value.join(" ") : value);

type Event = {
  register: string;
  subjects: readonly string[];
  categories: readonly string[];
  sealed_why: Buffer | null;
};

/** The reason somebody gave for looking, sealed with the value it explains; null where that has been erased. */
async function whyOf(
  all: Everything,
  { register, subjects: [subject], categories: [category], sealed_why: sealed }: Event,
) {
  if (sealed === null || subject === undefined || category === undefined) return null;
  const kind = (["customers", "invoices"] satisfies CustomerData[]).find(
    (one) => registerOfKind(all.description, one) === register,
  );
  if (kind === undefined) return null;
  const row = { subject_id: subject, category: `${category}:why`, row: subject, sealed };
  const [why] = await all.of(kind).open([row]);
  return why ?? null;
}
