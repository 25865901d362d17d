// What a new description would change: asked before it takes force, and shown to the people who decide.
import { own } from "./lint/issue.ts";
import { requestPeriodOf } from "./requests.ts";
import type { Description } from "./schema.ts";
import { UNKNOWN } from "./terms.ts";

/**
 * One difference. `path` is the element in the description that has it. `endangers` says that data now held could be left without a home,
 * or become due at once: such a change is applied by a person who has seen it, never by a restart.
 */
export type Change = {
  code:
    | "registerGone"
    | "registerNew"
    | "categoryGone"
    | "categoryNew"
    | "retentionShorter"
    | "retentionLonger"
    | "retentionMoved"
    | "roleGone"
    | "roleNew"
    | "roleGains"
    | "roleLoses"
    | "roleSignIn"
    | "flowGone"
    | "flowNew"
    | "flowChanged"
    | "purposeGone"
    | "purposeNew"
    | "sourceGone"
    | "sourceNew"
    | "consentWording"
    | "requestsKept";
  path: string;
  facts: Readonly<Record<string, string>>;
  endangers: boolean;
};

export function compare(before: Description, after: Description): Change[] {
  return [
    ...headings(before, after),
    ...categories(before, after),
    ...retention(before, after),
    ...permissions(before, after),
    ...signIns(before, after),
    ...flows(before, after),
    ...wordings(before, after),
    ...requests(before, after),
  ];
}

/** What stops a restart from putting the new text in force by itself. */
export const dangers = (changes: readonly Change[]): Change[] => changes.filter((change) => change.endangers);

const change = (code: Change["code"], path: string, facts: Change["facts"] = {}, endangers = false): Change => ({
  code,
  path,
  facts,
  endangers,
});

const HEADINGS = [
  ["registers", "registerGone", "registerNew"],
  ["roles", "roleGone", "roleNew"],
  ["flows", "flowGone", "flowNew"],
  ["purposes", "purposeGone", "purposeNew"],
  ["sources", "sourceGone", "sourceNew"],
] as const;

function* headings(before: Description, after: Description): Generator<Change> {
  for (const [heading, gone, added] of HEADINGS) {
    for (const id of Object.keys(before[heading]))
      if (!Object.hasOwn(after[heading], id)) yield change(gone, `${heading}.${id}`, { id }, heading === "registers");
    for (const id of Object.keys(after[heading]))
      if (!Object.hasOwn(before[heading], id)) yield change(added, `${heading}.${id}`, { id });
  }
  for (const [id, register] of Object.entries(before.registers)) {
    const now = own(after.registers, id);
    if (now && now.kind !== register.kind) yield change("registerGone", `registers.${id}.kind`, { id }, true);
  }
}

function* categories(before: Description, after: Description): Generator<Change> {
  for (const [id, register] of Object.entries(before.registers)) {
    const now = own(after.registers, id)?.categories ?? register.categories;
    const path = `registers.${id}.categories`;
    for (const category of register.categories)
      if (!now.includes(category)) yield change("categoryGone", path, { register: id, category }, true);
      else if (own(before.categories, category)?.type !== own(after.categories, category)?.type)
        yield change("categoryGone", `categories.${category}.type`, { register: id, category }, true);
    for (const category of now)
      if (!register.categories.includes(category)) yield change("categoryNew", path, { register: id, category });
  }
}

type Rule = Description["retention"][string];
const ruleFor = (d: Description, register: string, category: string): [string, Rule] | undefined =>
  Object.entries(d.retention).find(([, rule]) => rule.register === register && rule.categories.includes(category));

function* retention(before: Description, after: Description): Generator<Change> {
  for (const [id, register] of Object.entries(before.registers))
    for (const category of register.categories) {
      const was = ruleFor(before, id, category);
      const now = ruleFor(after, id, category);
      if (!was || !now) continue;
      const [warrantyWas, warrantyNow] = [before.warranty?.period, after.warranty?.period];
      const facts = { register: id, category, before: spoken(was[1], warrantyWas), after: spoken(now[1], warrantyNow) };
      const path = `retention.${now[0]}`;
      if (facts.before !== facts.after) {
        // A shorter warranty ends what is counted from it sooner, for every delivery to come.
        const sooner = now[1].from === "warrantyEnd" && leastDays(warrantyNow) < leastDays(warrantyWas);
        const shorter = sooner || isShorter(was[1], now[1]);
        yield change(shorter ? "retentionShorter" : "retentionLonger", path, facts, shorter);
      } else if (was[0] !== now[0]) yield change("retentionMoved", path, { ...facts, before: was[0], after: now[0] });
    }
}

const spoken = ({ from, period, otherwise, atEnd }: Rule, warranty: string | undefined): string =>
  [
    `${from}${from === "warrantyEnd" && warranty !== undefined ? `(${warranty})` : ""}+${period}`,
    otherwise ? `${otherwise.from}+${otherwise.period}` : "",
    atEnd,
  ]
    .filter(Boolean)
    .join(" ");

/** Another starting day counts as shorter: nobody can tell without the data, and the safe answer is to ask. */
function isShorter(was: Rule, now: Rule): boolean {
  if (was.from !== now.from || was.otherwise?.from !== now.otherwise?.from || was.atEnd !== now.atEnd) return true;
  const shorter = (a: string | undefined, b: string | undefined) => leastDays(b) < leastDays(a);
  return shorter(was.period, now.period) || shorter(was.otherwise?.period, now.otherwise?.period);
}

/** Days in an ISO 8601 period with months and years of mean length: only for telling which of two is longer. */
function leastDays(period: string | undefined): number {
  if (period === undefined || period === UNKNOWN) return Number.POSITIVE_INFINITY;
  const [date = "", time = ""] = period.split("T");
  const part = (text: string, unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0);
  const days = part(date, "Y") * 365.2425 + part(date, "M") * 30.436875 + part(date, "W") * 7 + part(date, "D");
  return days + part(time, "H") / 24;
}

/**
 * A role's powers as single words, so that any rewriting that gives the same powers is no change: "read customers.name customerCare", "keeps audit",
 * "inspects audit", "rights access".
 */
function powers(d: Description, id: string): Set<string> {
  const role = own(d.roles, id);
  if (!role) return new Set();
  const acts = role.may.flatMap((may) =>
    may.verbs.flatMap((verb) =>
      may.purposes.flatMap((purpose) =>
        may.categories.map((category) => `${verb} ${may.register}.${category} ${purpose}`),
      ),
    ),
  );
  const tasks = (["keeps", "inspects", "rights"] as const).flatMap((word) =>
    role[word].map((what) => `${word} ${what}`),
  );
  return new Set([...acts, ...tasks]);
}

function* permissions(before: Description, after: Description): Generator<Change> {
  for (const role of Object.keys(after.roles)) {
    if (!Object.hasOwn(before.roles, role)) continue;
    const was = powers(before, role);
    const now = powers(after, role);
    for (const power of now) if (!was.has(power)) yield change("roleGains", `roles.${role}`, { role, power });
    for (const power of was) if (!now.has(power)) yield change("roleLoses", `roles.${role}`, { role, power });
  }
}

function* signIns(before: Description, after: Description): Generator<Change> {
  for (const [role, { signIn: was = "anyWay" }] of Object.entries(before.roles)) {
    const now = own(after.roles, role);
    const { signIn = "anyWay" } = now ?? {};
    if (now && signIn !== was) yield change("roleSignIn", `roles.${role}.signIn`, { role, before: was, after: signIn });
  }
}

/** A shorter period makes requests due that were kept as proof; `none`: they are kept for good. */
function* requests(before: Description, after: Description): Generator<Change> {
  const [was, now] = [requestPeriodOf(before), requestPeriodOf(after)];
  if (was === now) return;
  const shorter = leastDays(now ?? undefined) < leastDays(was ?? undefined);
  yield change("requestsKept", "requests.kept.period", { before: was ?? "none", after: now ?? "none" }, shorter);
}

function* flows(before: Description, after: Description): Generator<Change> {
  for (const [id, was] of Object.entries(before.flows)) {
    const now = own(after.flows, id);
    if (!now) continue;
    const essence = (flow: Description["flows"][string]) => {
      const { label: _label, added: _added, ...rest } = flow;
      return JSON.stringify(rest);
    };
    if (essence(was) !== essence(now)) yield change("flowChanged", `flows.${id}`, { id });
  }
}

/** A consent was given to the words that were shown: new words need a version of their own. */
function* wordings(before: Description, after: Description): Generator<Change> {
  for (const [id, was] of Object.entries(before.consents))
    for (const { version, text } of was.wording) {
      const now = own(after.consents, id)?.wording.find((wording) => wording.version === version);
      if (now && JSON.stringify(now.text) !== JSON.stringify(text))
        yield change("consentWording", `consents.${id}.wording`, { consent: id, version: String(version) }, true);
    }
}
