// Finding customers without their names in any index: keyed tokens stand in an UNLOGGED table, hits are opened, checked again and sorted here.

import { holdsOneOf, tokenArray } from "../../../db/fragments.ts";
import { isAddress } from "../../../description/terms.ts";
import type { Gate, Grant, WritingGrant } from "../../../gate/gate.ts";
import { dayInHelsinki } from "../../../values/Day.ts";
import { parseEmail } from "../../../values/Email.ts";
import { LETTERS } from "../../../values/Letters.ts";
import { parsePhone } from "../../../values/Phone.ts";
import { Problem } from "../../../values/problem.ts";
import { AWAITING_ANSWER } from "../awaiting.ts";
import type { CustomerPage } from "../contract.ts";
import { type Field, fieldsOf, isCut, matches, searchTerms, townOf, type Wanted, wantedBy } from "../fields.ts";
import type { KeptOrder } from "./byName.ts";

type Reading = Grant<"customers", "read">;
type Line = CustomerPage["items"][number];
type Row = { subject_id: string; kind: string; category: string | null; sealed: Buffer | null };

/** The name is what people sort by; the rest of a line helps to tell two of the same name apart. */
const ON_A_LINE = new Set(["name", "email", "phone", "billingAddress", "deliveryAddress"]);

type Listed = {
  after?: string | undefined;
  limit: number;
  organisation?: string | undefined;
  state?: "awaitingAnswer" | undefined;
  /** Of these ids. */
  only?: readonly string[];
};

export async function listCustomers(
  grant: Reading,
  { after, limit, organisation, state, only }: Listed,
): Promise<CustomerPage> {
  const fields = lineFields(grant);
  const rows: Row[] = await grant
    .selectFrom("customer")
    .select(["customer.subject_id", "customer.kind"])
    .$if(organisation === undefined, (q) => q.where("customer.kind", "<>", "contactPerson"))
    .$if(organisation !== undefined, (q) => q.where("customer.organisation_id", "=", organisation ?? null))
    .$if(after !== undefined, (q) => q.where("customer.subject_id", "<", after ?? ""))
    .$if(only !== undefined, (q) => q.where("customer.subject_id", "in", only ?? []))
    .$if(state !== undefined, (q) =>
      q.where(({ exists, selectFrom }) =>
        exists(
          selectFrom("customer_event as e")
            .select("e.day")
            .whereRef("e.subject_id", "=", "customer.subject_id")
            .where("e.event", "=", AWAITING_ANSWER),
        ),
      ),
    )
    .orderBy("customer.subject_id", "desc")
    .limit(limit + 1)
    .$call((page) =>
      grant
        .around(page, "c")
        .leftJoin("customer_value as v", (join) =>
          join.onRef("v.subject_id", "=", "c.subject_id").on("v.category", "in", [...fields.keys()]),
        )
        .select(["c.subject_id", "c.kind", "v.category", "v.sealed"])
        .orderBy("c.subject_id", "desc"),
    )
    .execute();
  const lines = await opened(grant, fields, rows);
  const items = lines.slice(0, limit).map(({ line }) => line);
  const last = items.at(-1);
  return { items, ...(lines.length > limit && last ? { next: last.id } : {}), more: false };
}

/** How many ids of the order are asked after at once, at most: a role that may see few of them goes through many. */
const MOST_ASKED = 5000;

/**
 * The customers whom the actor may see, in the order of their names, from a letter or after one of them.
 * @throws Problem `nameNotGranted` (403): the order would tell what the name begins with; `nameOrderMoved` (409): the customer to go on after
 * is not there for the actor (any more); `nameOrderBuilding`, `tooManyToOrder`
 */
export async function browseCustomers(
  grant: Reading,
  kept: KeptOrder,
  {
    after,
    letter,
    limit,
  }: { after?: string | undefined; letter?: (typeof LETTERS)[number] | undefined; limit: number },
): Promise<CustomerPage> {
  const fields = lineFields(grant);
  if (![...fields.values()].some(({ fixed }) => fixed === "name")) throw new Problem("nameNotGranted", 403);
  const order = await kept.current();
  const seen = async (ids: readonly string[]): Promise<string[]> => {
    const rows = await grant
      .selectFrom("customer")
      .select("subject_id")
      .where("subject_id", "in", [...ids])
      .execute();
    const there = new Set(rows.map(({ subject_id }) => subject_id));
    return ids.filter((id) => there.has(id));
  };
  const begins = letter === undefined ? 0 : order.startOf(LETTERS.indexOf(letter));
  let at = after === undefined ? begins : order.placeOf(after);
  // Asked after as the others are: whose place is told may be told only to whom they are shown.
  if (after !== undefined && (at < 0 || (await seen([after])).length === 0)) throw new Problem("nameOrderMoved", 409);
  if (after !== undefined) at++;
  const found: string[] = [];
  for (let most = limit + 1; found.length <= limit; most = Math.min(most * 4, MOST_ASKED)) {
    const some = order.ids(at, most);
    if (some.length === 0) break;
    at += some.length;
    found.push(...(await seen(some)));
  }
  const page = found.slice(0, limit);
  const rows: Row[] =
    page.length === 0
      ? []
      : await grant
          .selectFrom("customer")
          .leftJoin("customer_value as v", (join) =>
            join.onRef("v.subject_id", "=", "customer.subject_id").on("v.category", "in", [...fields.keys()]),
          )
          .select(["customer.subject_id", "customer.kind", "v.category", "v.sealed"])
          .where("customer.subject_id", "in", page)
          .execute();
  const lines = new Map((await opened(grant, fields, rows)).map(({ line }) => [line.id, line]));
  const items = page.flatMap((id) => lines.get(id) ?? []);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last ? { next: last.id } : {}), more: false };
}

/** All words, each the beginning of a word of some granted category; of more than `limit` hits any, sorted as names are in the reader's language. */
export async function searchCustomers(grant: Reading, search: string, limit: number): Promise<CustomerPage> {
  const today = dayInHelsinki(grant.at);
  const wanted = wantedBy(search, today);
  if (wanted.length === 0) return { items: [], more: false };
  const fields = fieldsOf(grant.description, grant.register);
  // Each hit costs the opening of its values: no more than are answered, and one to know that there are more.
  const hits = await find(grant, wanted, fields, limit);
  const sound = wanted.some(isCut)
    ? hits.filter(({ values }) => wanted.every((one) => someMatch(fields, values, one)))
    : hits.filter(({ values }) => values.size > 0);
  const order = new Intl.Collator("fi").compare;
  const lines = sound.map(({ line }) => line).sort((a, b) => order(a.name ?? "", b.name ?? ""));
  return { items: lines.slice(0, limit), more: hits.length > limit };
}

type Typed = { name?: string | undefined; email?: string | undefined; phone?: string | undefined };
export type Duplicate = Line & { matched: string[] };

/** Who looks like the person being typed: same e-mail, same phone, or all words of the name; only by categories the actor may see. */
export async function findDuplicates(grant: Reading, typed: Typed): Promise<Duplicate[]> {
  const today = dayInHelsinki(grant.at);
  const fields = fieldsOf(grant.description, grant.register);
  const found = new Map<string, Duplicate>();
  for (const type of ["email", "phone", "name"] as const) {
    const text = typed[type]?.trim();
    if (!text) continue;
    const only = fields.filter((field) => field.type === type);
    const wanted = wantedBy(text, today);
    if (wanted.length === 0) continue;
    for (const { line, values } of await find(grant, wanted, only, 20)) {
      if (!wanted.every((one) => someMatch(only, values, one))) continue;
      const known = found.get(line.id) ?? { ...line, matched: [] };
      known.matched.push(type);
      found.set(line.id, known);
    }
  }
  return [...found.values()].slice(0, 10);
}

/**
 * Whether somebody with the same or a similar e-mail address or phone number is there whom the actor may not see (restricted, or held in a
 * category of others), so that nobody is added twice. By tokens alone: nothing is opened and nobody is named. Written down as the search's own
 * reading beside the actor's. A name tells too little to hint by.
 */
export async function hidesDuplicates(gate: Gate, grant: Reading, typed: Typed): Promise<boolean> {
  const today = dayInHelsinki(grant.at);
  const fields = fieldsOf(grant.description, grant.register);
  const asked = (["email", "phone"] as const).flatMap((type) => {
    const text = typed[type]?.trim() ?? "";
    if (!isWhole(type, text)) return [];
    return [{ wanted: wantedBy(text, today), fields: fields.filter((field) => field.type === type) }];
  });
  if (asked.length === 0) return false;
  const countBy = async (by: Pick<Reading, "selectFrom" | "tokens">): Promise<number> => {
    const { found } = await by
      .selectFrom("customer_search")
      .select((eb) => eb.fn.countAll<string>().as("found"))
      .where((eb) =>
        eb.or(
          asked.map(({ wanted, fields: of }) =>
            eb.and(
              wanted.map(({ terms }) =>
                holdsOneOf(
                  "customer_search.tokens",
                  of.flatMap(({ category }) => by.tokens(category, terms)),
                ),
              ),
            ),
          ),
        ),
      )
      .executeTakeFirstOrThrow();
    return Number(found);
  };
  const all = await gate.upkeep("duplicates", { register: "customers", values: true }, countBy);
  return all > 0 && all > (await countBy(grant));
}

/** Half an address would hint at everybody with the same provider. */
function isWhole(type: "email" | "phone", text: string): boolean {
  try {
    return (type === "email" ? parseEmail(text) : parsePhone(text)).length > 0;
  } catch {
    return false;
  }
}

type Hit = { line: Line; values: ReadonlyMap<string, string> };

async function find(grant: Reading, wanted: readonly Wanted[], fields: readonly Field[], most: number): Promise<Hit[]> {
  const tokensOf = (one: Wanted) => fields.flatMap(({ category }) => grant.tokens(category, one.terms));
  const lines = lineFields(grant);
  const checked = wanted.some(isCut) || fields.every(({ category }) => lines.has(category));
  const opening = [...new Set([...lines.keys(), ...(checked ? fields.map(({ category }) => category) : [])])].filter(
    (category) => grant.categories.includes(category) && !hidden(grant, category),
  );
  const rows = await grant
    .selectFrom("customer_search")
    .select("customer_search.subject_id")
    .where((eb) => eb.and(wanted.map((one) => holdsOneOf("customer_search.tokens", tokensOf(one)))))
    .limit(most + 1)
    .$call((hits) =>
      grant
        .selectFrom("search_marker")
        .where("search_marker.register", "=", "customers")
        .where("search_marker.version", "=", grant.searchVersion)
        .leftJoin(hits.as("h"), (join) => join.onTrue())
        .leftJoin("customer as c", "c.subject_id", "h.subject_id")
        .leftJoin("customer_value as v", (join) =>
          join.onRef("v.subject_id", "=", "c.subject_id").on("v.category", "in", opening),
        )
        .select(["search_marker.register as marker", "c.subject_id", "c.kind", "v.category", "v.sealed"]),
    )
    .execute();
  if (rows.length === 0) throw new Problem("searchRebuilding", 503);
  return opened(
    grant,
    new Map(fields.concat([...lines.values()]).map((field) => [field.category, field])),
    rows.flatMap(({ subject_id, kind, category, sealed }) =>
      subject_id === null || kind === null ? [] : [{ subject_id, kind, category, sealed }],
    ),
  );
}

/** Rows of (subject, value) gathered to lines, in the order the subjects came. */
async function opened(grant: Reading, fields: ReadonlyMap<string, Field>, rows: readonly Row[]): Promise<Hit[]> {
  grant.answering(rows.map(({ subject_id }) => subject_id));
  const sealed = rows.flatMap(({ subject_id, category, sealed: bytes }) =>
    category === null || bytes === null ? [] : [{ subject_id, category, row: subject_id, sealed: bytes }],
  );
  const texts = await grant.open(sealed);
  const values = new Map<string, Map<string, string>>();
  sealed.forEach(({ subject_id, category }, n) => {
    const text = texts[n];
    if (text == null) return;
    const mine = values.get(subject_id) ?? new Map<string, string>();
    values.set(subject_id, mine.set(category, text));
  });
  const seen = new Map<string, Hit>();
  for (const { subject_id, kind } of rows) {
    if (seen.has(subject_id)) continue;
    const mine = values.get(subject_id) ?? new Map<string, string>();
    seen.set(subject_id, { line: lineOf(fields, subject_id, kind, mine), values: mine });
  }
  return [...seen.values()];
}

function lineOf(
  fields: ReadonlyMap<string, Field>,
  id: string,
  kind: string,
  values: ReadonlyMap<string, string>,
): Line {
  const line: Line = { id, kind: kind as Line["kind"] };
  for (const [category, value] of values) {
    const field = fields.get(category);
    if (!field?.fixed) continue;
    if (field.fixed === "name" || field.fixed === "email" || field.fixed === "phone") line[field.fixed] = value;
    else if (isAddress(field.type)) line.town ??= townOf(value);
  }
  return line;
}

function lineFields(grant: Reading): Map<string, Field> {
  const fields = fieldsOf(grant.description, grant.register);
  return new Map(
    fields.flatMap((field) =>
      field.fixed && ON_A_LINE.has(field.fixed) && grant.categories.includes(field.category)
        ? [[field.category, field] as const]
        : [],
    ),
  );
}

/** Values that a list never opens, although a search may find by them: an exact identity code finds its person, but is not opened for it. */
const hidden = (grant: Reading, category: string) =>
  grant.description.categories[category]?.type === "personalIdentityCode";

const someMatch = (fields: readonly Field[], values: ReadonlyMap<string, string>, wanted: Wanted): boolean =>
  fields.some(({ category, type }) => {
    const value = values.get(category);
    // A code that was not opened was found by its own exact token; a word that long is never cut.
    if (type === "personalIdentityCode")
      return value === undefined && wanted.terms.length === 1 && wanted.text.length === 11;
    return value !== undefined && matches(type, value, wanted);
  });

// The index is a cache: a crash of PostgreSQL empties it, and it is made again from the sealed values ------------------
const PAGE = 500;

/** Makes the search index again when its marker is gone; resolves when searches answer. Safe to call at any time; a second call waits for the first. */
export type SearchKeeper = { ready: () => Promise<void>; progress: () => number };
export function searchKeeper(gate: Gate): SearchKeeper {
  let running: Promise<void> | null = null;
  let done = 0;
  return {
    progress: () => done,
    ready: () => {
      running ??= rebuildIfGone(gate, (count) => {
        done = count;
      }).finally(() => {
        running = null;
      });
      return running;
    },
  };
}

async function rebuildIfGone(gate: Gate, progress: (count: number) => void): Promise<void> {
  await gate.upkeep("search", { register: "customers", values: false }, async (grant) => {
    // Asked first: what a rotation meanwhile makes of the tokens, it builds anew.
    const version = grant.searchVersion;
    const marker = await grant
      .selectFrom("search_marker")
      .select("register")
      .where("register", "=", "customers")
      .where("version", "=", version)
      .execute();
    if (marker.length > 0) return;
    let after: string | undefined;
    for (let count = 0; ; ) {
      const subjects = await grant
        .selectFrom("customer")
        .select("subject_id")
        .$if(after !== undefined, (q) => q.where("subject_id", ">", after ?? ""))
        .orderBy("subject_id")
        .limit(PAGE)
        .execute();
      if (subjects.length === 0) break;
      const locked = subjects.map(({ subject_id }) => subject_id);
      after = locked.at(-1);
      await gate.upkeep("search", { register: "customers", values: true, locked }, (page) => rebuild(page, locked));
      count += locked.length;
      progress(count);
    }
    await grant
      .insert("search_marker", { register: "customers", built_at: gate.clock.now(), version })
      .onConflict((conflict) =>
        conflict
          .column("register")
          .doUpdateSet((eb) => ({ built_at: eb.ref("excluded.built_at"), version: eb.ref("excluded.version") })),
      )
      .execute();
  });
}

/** The subjects are locked: tokens of what is erased or changed while its page is read would come back after the change had taken them away. */
async function rebuild(grant: WritingGrant<"customers", "change">, ids: readonly string[]): Promise<void> {
  const types = new Map(fieldsOf(grant.description, grant.register).map(({ category, type }) => [category, type]));
  const still = await grant.selectFrom("customer").select("subject_id").where("subject_id", "in", ids).execute();
  if (still.length === 0) return;
  const values = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where("subject_id", "in", ids)
    .where("category", "in", [...grant.categories])
    .execute();
  const texts = await grant.open(values.map((value) => ({ ...value, row: value.subject_id })));
  const tokens = new Map<string, bigint[]>(still.map(({ subject_id }) => [subject_id, []]));
  values.forEach(({ subject_id, category }, n) => {
    const [text, type] = [texts[n], types.get(category)];
    if (text != null && type) tokens.get(subject_id)?.push(...grant.tokens(category, searchTerms(type, text)));
  });
  await grant
    .insertMany(
      "customer_search",
      [...tokens].map(([subject_id, theirs]) => ({ subject_id, tokens: tokenArray(theirs) })),
    )
    .onConflict((conflict) =>
      conflict.column("subject_id").doUpdateSet((eb) => ({ tokens: eb.ref("excluded.tokens") })),
    )
    .execute();
}
