// What a person may ask, and what ends by itself: the package holds what is held, erasing leaves no row that opens, and time runs out to the day.

import { ruleOf } from "../../description/inForce.ts";
import type { RightKind } from "../../description/terms.ts";
import { keepUntil } from "../../policy/keepUntil.ts";
import { kinds } from "../../registers/all.ts";
import { findCustomer } from "../../registers/customers/store.ts";
import { endedOn } from "../../retention/due.ts";
import { carryOutJobs } from "../../retention/run.ts";
import { accessPackage } from "../../rights/access.ts";
import { eraseSubject } from "../../rights/erasure.ts";
import { addDays, type Day, dayInHelsinki } from "../../values/Day.ts";
import { expect, NothingToProve, type Probe, refusalOf, type Scene } from "../scene.ts";

const VALUES = ["customer", "customer_value", "customer_search", "customer_event"] as const;

/** A role that carries out the right; absent where the description names none. */
function keeperOf({ description, roles, as }: Scene, right: RightKind) {
  const role = roles.find((id) => description.roles[id]?.rights.includes(right));
  if (role === undefined) throw new NothingToProve(`nobody carries out ${right}`);
  return as(role);
}

export const accessPackageProbe: Probe = async (scene) => {
  const { stage, person, as } = scene;
  const keeper = keeperOf(scene, "access");
  const { id, name } = await person();
  const ask = { right: "access", verb: "read", subject: id, kinds } as const;
  const found = await stage.gate.right(keeper, ask, (steps) => accessPackage(stage.gate, steps, "en"));
  const items = found.registers.flatMap((register) => register.items);
  expect(
    items.some(({ value }) => value.includes(name)),
    "the package lacks a value that is held",
  );
  expect(
    items.every(({ category }) => category !== ""),
    "a value in the package has no category",
  );
  await refusalOf(
    stage.gate.right(as("nobody"), ask, async () => undefined),
    "a stranger was given an access package",
  );
  return `the package of a made-up person holds ${items.length} lines, the name among them; a stranger gets none`;
};

export const erasureOnRequest: Probe = async (scene) => {
  const { stage, person } = scene;
  const keeper = keeperOf(scene, "erasure");
  const { id, who } = await person();
  const [sealed] = await sealedOf(scene, id);
  expect(sealed !== undefined, "the made-up person has no sealed value");
  const ask = { right: "erasure", verb: "erase", subject: id, kinds } as const;
  const { decisions } = await stage.gate.right(keeper, ask, (steps) =>
    eraseSubject(stage.gate, steps, { ground: "unlawful" }),
  );
  const outcome = decisions.find(({ register }) => register === scene.customers)?.outcome;
  if (outcome === "kept") throw new NothingToProve("the description keeps customers whatever is asked");
  if (outcome === "restricted") {
    const attempt = stage.gate.read(who.caller, { register: "customers", subject: id }, findCustomer);
    await refusalOf(attempt, "somebody whose data is restricted is seen as before");
    return "a made-up person asked for erasure and was restricted, as the description says";
  }
  for (const table of VALUES) expect((await stage.rowsOf(table, id)) === 0, `${table} still has rows of the person`);
  const [opened] = await stage.gate.keys.open([sealed]);
  expect(opened === null, "a copy of the erased row still opens");
  return "a made-up person's rows are gone, and a copy of a sealed value no longer opens";
};

/** The person's sealed values as somebody would copy them before they go. */
async function sealedOf({ stage, whoMay }: Scene, subject: string) {
  const reader = whoMay("read");
  if (!reader) throw new NothingToProve("nobody reads customers");
  return stage.gate.read(reader.caller, { register: "customers", subject }, async (grant) => {
    const rows = await grant.selectFrom("customer_value").select(["category", "sealed"]).execute();
    return rows.map(({ category, sealed }) => ({
      place: { register: "customers", category, row: subject, subject },
      sealed,
    }));
  });
}

/** Noon in Helsinki, so that the day is the same in both calendars. */
const noonOf = (day: Day): Date => new Date(`${day}T10:00:00Z`);

export const retentionRun: Probe = async (scene) => {
  const { stage, description, customers, person } = scene;
  const added = noonOf("1990-01-31" as Day);
  const { id, category } = await person({ at: added });
  const rule = description.retention[ruleOf(description, customers, category) ?? ""];
  const told = dayInHelsinki(added);
  const last = rule && keepUntil(rule, { collected: told, lastContact: told });
  if (!rule || !last) throw new NothingToProve("a person who never ordered has no last day");
  const ended = async (day: Day) => (await endedOn(stage.gate, day)).filter(({ subject }) => subject === id);

  stage.setClock(noonOf(last));
  expect((await ended(last)).length === 0, "somebody would be erased on the last day of the period");
  const after = addDays(last, 1);
  stage.setClock(noonOf(after));
  const jobs = await ended(after);
  expect(jobs.length > 0, "somebody whose period is over is not due on the day after");
  await carryOutJobs(stage.gate, id, jobs);
  if (rule.atEnd === "erase")
    for (const table of VALUES) expect((await stage.rowsOf(table, id)) === 0, `${table} still has rows of the person`);
  return "a made-up person is kept to the last day of the period and gone on the day after";
};
