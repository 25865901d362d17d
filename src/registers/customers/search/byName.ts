// Customers in the order of their names, which PostgreSQL does not know: the order is made here from the sealed names and kept in memory as ids alone
// (docs/decisions/0023). What a caller gets of it is read by their own grant.
import { setImmediate as turn } from "node:timers/promises";
import { categoryOfType } from "../../../description/inForce.ts";
import type { Gate, WritingGrant } from "../../../gate/gate.ts";
import { registerOfKind } from "../../../policy/decide.ts";
import { compareNames, LETTERS, letterOf } from "../../../values/Letters.ts";
import { Problem } from "../../../values/problem.ts";
import { tellsOfGone } from "./gone.ts";
import { type NameOrder, nameOrder } from "./nameOrder.ts";

type Upkeep = WritingGrant<"customers", "change">;
type Named = { id: string; name: string };

/** 16 bytes each in memory; a register beyond it is searched, not leafed through. */
export const MOST_IN_ORDER = 1_000_000;
const PAGE = 2000;
/** More names than these are not put in their places one by one: the order is made anew. */
const MOST_PLACED = 500;
/** Longer than a small register takes, shorter than a person waits without a word. */
const PATIENCE_MS = 2000;

export type KeptOrder = {
  /** Called when a customer's name may have changed, after it is committed. */
  changed: (id: string) => void;
  /** The order of now. @throws Problem `nameOrderBuilding` (503), `tooManyToOrder` (409) */
  current: () => Promise<NameOrder>;
  /** Made, if it is not yet; how long it took is the caller's to measure. */
  ready: () => Promise<NameOrder>;
};

const orders = new WeakMap<Gate, KeptOrder>();

/** One order for a gate, made when first asked for. */
export function nameOrderOf(gate: Gate): KeptOrder {
  const known = orders.get(gate) ?? keepOrder(gate);
  orders.set(gate, known);
  return known;
}

function keepOrder(gate: Gate): KeptOrder {
  let built: { order: NameOrder; category: string } | null = null;
  let work: Promise<NameOrder> | null = null;
  const waiting = new Set<string>();
  // Before the first look there is nothing to bring up to now.
  const changed = (id: string): void => {
    if (!built && !work) return;
    waiting.add(id);
    if (waiting.size > MOST_PLACED) built = null;
  };
  tellsOfGone((id) => {
    built?.order.remove(id);
    changed(id);
  });

  /** Makes the order, or brings it up to now. One at a time: places are found by reading, and hold only while nobody else moves them. */
  async function bring(): Promise<NameOrder> {
    const category = nameCategory(gate);
    if (built?.category !== category) {
      // Who is told of from now on may have been read before they changed.
      waiting.clear();
      const order = await gate.upkeep("search", { register: "customers", values: true }, (grant) =>
        build(grant, category),
      );
      built = { order, category };
    }
    const { order } = built;
    while (waiting.size > 0 && waiting.size <= MOST_PLACED) {
      const ids = [...waiting];
      waiting.clear();
      try {
        await gate.upkeep("search", { register: "customers", values: true }, (grant) =>
          place(grant, category, order, ids),
        );
      } catch (error) {
        for (const id of ids) waiting.add(id);
        throw error;
      }
    }
    return order;
  }
  const ready = () => {
    work ??= bring().finally(() => {
      work = null;
    });
    return work;
  };
  return {
    changed,
    current: async () => {
      if (built && waiting.size === 0 && !work && built.category === nameCategory(gate)) return built.order;
      let late: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Problem("nameOrderBuilding", 503)), PATIENCE_MS);
      });
      return Promise.race([ready(), tooLate]).finally(() => clearTimeout(late));
    },
    ready,
  };
}

const nameCategory = (gate: Gate): string => {
  const { description } = gate.inForce();
  return categoryOfType(description, registerOfKind(description, "customers") ?? "", "name") ?? "name";
};

/** Page after page, each sorted by itself and then merged, so that others are served meanwhile. The names are let go of when it is done. */
async function build(grant: Upkeep, category: string): Promise<NameOrder> {
  let runs: Named[][] = [];
  let count = 0;
  for (let after: string | undefined; ; ) {
    const page = await namesAfter(grant, category, after);
    if (page.length === 0) break;
    after = page.at(-1)?.id;
    count += page.length;
    if (count > MOST_IN_ORDER) throw new Problem("tooManyToOrder", 409, { most: MOST_IN_ORDER });
    runs.push(page.sort(byName));
    await turn();
  }
  while (runs.length > 1) {
    const merged: Named[][] = [];
    for (let n = 0; n < runs.length; n += 2) merged.push(await merge(runs[n] ?? [], runs[n + 1] ?? []));
    runs = merged;
  }
  const sorted = runs[0] ?? [];
  return nameOrder(
    sorted.map(({ id }) => id),
    Array.from({ length: LETTERS.length + 1 }, (_, letter) => firstUnder(sorted, letter)),
  );
}

/** Where the names of a letter begin, found by halving. */
function firstUnder(sorted: readonly Named[], letter: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (letterOf(sorted[middle]?.name ?? "") < letter) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two of the same name stand in the order in which they came; nobody's name comes last. */
function byName(a: Named, b: Named): number {
  if (a.name === "" || b.name === "") return Number(a.name === "") - Number(b.name === "") || (a.id < b.id ? -1 : 1);
  return compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

async function merge(left: readonly Named[], right: readonly Named[]): Promise<Named[]> {
  const out: Named[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [a, b] = [left[l], right[r]];
    if (a && (!b || byName(a, b) < 0)) {
      out.push(a);
      l++;
    } else if (b) {
      out.push(b);
      r++;
    }
    if (out.length % PAGE === 0) await turn();
  }
  return out;
}

const rowsOfNames = (grant: Upkeep, category: string) =>
  grant
    .selectFrom("customer")
    .leftJoin("customer_value as v", (join) =>
      join.onRef("v.subject_id", "=", "customer.subject_id").on("v.category", "=", category),
    )
    .select(["customer.subject_id", "v.sealed"])
    .where("customer.kind", "<>", "contactPerson");

async function namesAfter(grant: Upkeep, category: string, after: string | undefined): Promise<Named[]> {
  const rows = await rowsOfNames(grant, category)
    .$if(after !== undefined, (q) => q.where("customer.subject_id", ">", after ?? ""))
    .orderBy("customer.subject_id")
    .limit(PAGE)
    .execute();
  return opened(grant, category, rows);
}

async function namesOf(grant: Upkeep, category: string, ids: readonly string[]): Promise<Map<string, Named>> {
  const rows = await rowsOfNames(grant, category)
    .where("customer.subject_id", "in", [...ids])
    .execute();
  return new Map((await opened(grant, category, rows)).map((named) => [named.id, named]));
}

async function opened(
  grant: Upkeep,
  category: string,
  rows: readonly { subject_id: string; sealed: Buffer | null }[],
): Promise<Named[]> {
  const sealed = rows.flatMap(({ subject_id, sealed: bytes }) =>
    bytes === null ? [] : [{ subject_id, category, row: subject_id, sealed: bytes }],
  );
  const plain = await grant.open(sealed);
  const names = new Map(sealed.map(({ subject_id }, n) => [subject_id, plain[n] ?? ""]));
  return rows.map(({ subject_id: id }) => ({ id, name: names.get(id) ?? "" }));
}

/** Some customers go to where their names of now belong; those who are gone are let go of. */
async function place(grant: Upkeep, category: string, order: NameOrder, ids: readonly string[]): Promise<void> {
  for (const id of ids) order.remove(id);
  for (let n = 0; n < ids.length; n += PAGE) {
    const fresh = [...(await namesOf(grant, category, ids.slice(n, n + PAGE))).values()].sort(byName);
    let places: number[];
    for (let version = -1; ; ) {
      version = order.version();
      places = await placesOf(grant, category, order, fresh);
      // Somebody was erased meanwhile: the places are of before.
      if (version === order.version()) break;
    }
    // From the last to the first, so that the places of the others hold; of two for the same place the later name goes in first.
    fresh.forEach((_, back) => {
      const at = fresh.length - 1 - back;
      const named = fresh[at];
      const found = places[at];
      if (named && found !== undefined) order.insert(found, named.id, letterOf(named.name));
    });
  }
}

/** Where each name would stand: halving for all of them at once, a statement a step. */
async function placesOf(grant: Upkeep, category: string, order: NameOrder, fresh: readonly Named[]): Promise<number[]> {
  const spans = fresh.map(({ name }) => {
    const letter = letterOf(name);
    return { low: order.startOf(letter), high: order.startOf(letter + 1) };
  });
  for (;;) {
    const open = spans.flatMap((span, n) =>
      span.low < span.high ? [{ span, mid: (span.low + span.high) >> 1, n }] : [],
    );
    if (open.length === 0) return spans.map(({ low }) => low);
    const asked = new Map(open.map(({ mid }) => [mid, order.ids(mid, 1)[0] ?? ""]));
    const names = await namesOf(grant, category, [...new Set(asked.values())]);
    for (const { span, mid, n } of open) {
      const id = asked.get(mid) ?? "";
      const one = fresh[n];
      if (one && byName(names.get(id) ?? { id, name: "" }, one) < 0) span.low = mid + 1;
      else span.high = mid;
    }
  }
}
