// The ledger carried out on whatever rows are there: a restore to an earlier time brings back what has been erased since, and this takes it again.
import { systemCaller } from "../gate/caller.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { kinds, registers } from "../registers/all.ts";
import { historyOf, stateOf, withdraw } from "../registers/permissions/state.ts";
import type { Doomed, Holding } from "../registers/register.ts";
import { Problem } from "../values/problem.ts";
import { forgetAnswers, forgetProofs } from "./carryOut.ts";
import { holdingsOf } from "./contacts.ts";

/** A line of the erasure ledger, as far as it says which rows went. */
export type LedgerLine = {
  subject_id: string;
  /** Kind of register: customers, invoices, permissions. */
  register: string;
  categories: readonly string[];
  rows: readonly string[];
  anonymised: boolean;
  everything: boolean;
  ground: string;
};

/** Keys that went because their values were sealed anew: nothing of the person was erased. */
const RESEALED = "resealed";

/**
 * Erases again, on rows older than the entries, what the entries say. The same twice changes nothing more. Rows are found by register and category
 * (or by their own id), whatever rule they stood under then. The ledger is not written and no key is destroyed: the entries must stand in the ledger
 * already, and `replayErasures(gate, { every: true })` destroys their keys. Answers of how many people something went.
 */
export async function eraseAgain(gate: Gate, entries: readonly LedgerLine[]): Promise<number> {
  const erased = entries.filter(({ ground }) => ground !== RESEALED);
  let people = 0;
  for (const [subject, theirs] of Map.groupBy(erased, ({ subject_id }) => subject_id))
    if (await eraseAgainOf(gate, subject, theirs)) people++;
  return people;
}

async function eraseAgainOf(gate: Gate, subject: string, lines: readonly LedgerLine[]): Promise<boolean> {
  const caller = systemCaller("restore");
  const all = lines.some(({ everything }) => everything);
  const work = async (steps: Steps) => {
    const going = (await holdingsOf(steps)).map((holding) => ({ holding, doomed: doomedAgain(holding, lines, all) }));
    const proofs = lines.filter(({ register }) => register === "permissions").flatMap(({ rows }) => rows);
    const { consents } = await stateOf(steps.permissions());
    const said = (await historyOf(steps.permissions())).some(({ kind }) => kind !== "consent");
    const known = consents.filter(({ id }) => proofs.includes(id)).map(({ id }) => id);
    const given = consents.filter(({ withdrawnOn }) => withdrawnOn === null).map(({ id }) => id);
    if (all) await withdraw(steps.permissions(), given);
    let account = false;
    for (const register of registers) {
      const gone = await register.eraseOf(
        steps,
        going.find(({ holding }) => holding.kind === register.name)?.doomed ?? [],
        all,
      );
      if (register.name === "staff" && gone.length > 0) account = true;
    }
    await forgetProofs(steps, known);
    await forgetAnswers(steps, [...(all ? [subject] : []), ...lines.flatMap(({ rows }) => rows)]);
    const spoken = all && (said || given.length > 0);
    if (!spoken && !account && known.length === 0 && going.every(({ doomed }) => doomed.length === 0))
      throw new NothingThere();
  };
  return gate.right(caller, { right: "retention", verb: "erase", subject, kinds }, work).then(
    () => true,
    (error) => {
      if (error instanceof NothingThere || (error instanceof Problem && error.code === "notFound")) return false;
      throw error;
    },
  );
}

/** Takes the transaction back: the log must not tell of an erasure that erased nothing. */
class NothingThere extends Error {}

function doomedAgain({ kind, parts }: Holding, lines: readonly LedgerLine[], all: boolean): Doomed[] {
  const mine = lines.filter(({ register }) => register === kind);
  return parts.flatMap(({ rule, row, items }): Doomed[] => {
    const held = items.map(({ category }) => category);
    if (row !== null)
      return all || mine.some(({ rows }) => rows.includes(row))
        ? [{ rule, row, categories: held, anonymise: false }]
        : [];
    const cut = held.filter((id) => mine.some((line) => line.anonymised && line.categories.includes(id)));
    const gone = held.filter(
      (id) => !cut.includes(id) && (all || mine.some((line) => line.rows.length === 0 && line.categories.includes(id))),
    );
    return [
      { rule, row, categories: gone, anonymise: false },
      { rule, row, categories: cut, anonymise: true },
    ].filter(({ categories }) => categories.length > 0);
  });
}
