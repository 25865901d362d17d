// What the company does and does not do: raffles, newsletters, identity codes, and how long it keeps what.
import { type Json, valueAt } from "../rewrite.ts";
import { type Beginning, ensure, lent } from "./beginning.ts";
import { ofKind } from "./services.ts";
import { addTo, idsAt, listIn, mapAt, mapIn, set, type Values } from "./values.ts";

export function withWays(values: Values, begun: Beginning): Values {
  return [raffles, newsletter, generalWords, identityCode, lengths].reduce((all, answer) => answer(all, begun), values);
}

/** An example tells of its own raffle, its own questions and its own months; here they may be others. */
function generalWords(values: Values, begun: Beginning): Values {
  const { lender, voice, answers } = begun;
  const said = [
    ["rights", "withdrawal", "how"],
    ["purposes", "warranty", "why"],
    ...(answers.newsletter ? [["rights", "objection", "how"]] : []),
  ];
  const next = said
    .filter((path) => valueAt(values, path.slice(0, 2)) !== undefined)
    .reduce((all, path) => set(all, path, voice.lent(valueAt(lender, path))), values);
  return next.staff === undefined
    ? next
    : set(
        next,
        ["staff", "heard", "how"],
        voice.text((w) => w("heard")),
      );
}

function raffles(values: Values, begun: Beginning): Values {
  if (!begun.answers.raffles)
    return [
      ["sources", "raffle"],
      ["purposes", "raffle"],
      ["registers", "raffleEntries"],
      ["subjects", "entrants"],
    ].reduce((all, path) => set(all, path), values);
  if (Object.hasOwn(mapAt(values, ["purposes"]), "raffle")) return values;
  const { at } = begun;
  const categories = ["name", "email", "phone"];
  let next = ensure(values, "subjects", "entrants", lent(begun, "subjects", "entrants"));
  next = ensure(next, "sources", "raffle", {
    ...lent(begun, "sources", "raffle"),
    registers: ["raffleEntries"],
    purposes: ["raffle"],
  });
  next = ensure(next, "purposes", "raffle", lent(begun, "purposes", "raffle"));
  next = withConsent(next, begun, "raffleEntry");
  next = ensure(next, "registers", "raffleEntries", {
    ...lent(begun, "registers", "raffleEntries"),
    systems: [at.machine.system ?? ""],
  });
  next = ensure(next, "retention", "raffle", lent(begun, "retention", "raffle"));
  for (const category of categories) {
    next = addTo(next, ["categories", category, "purposes"], ["raffle"]);
    next = addTo(next, ["categories", category, "givenBy"], ["raffle"]);
  }
  next = allow(next, at.meets, "raffleEntries", ["collect", "read", "change"], "raffle", categories);
  return allow(next, "responsiblePerson", "raffleEntries", ["read"], "rightsHandling", categories);
}

/** Act on Electronic Communications Services (917/2014) section 200: only with consent. */
function newsletter(values: Values, begun: Beginning): Values {
  const there = ofKind(values, "purposes", "directMarketing");
  if (!begun.answers.newsletter) return there.reduce((all, id) => set(all, ["purposes", id]), values);
  if (there.length > 0) return values;
  const { at, lender, voice } = begun;
  let next = ensure(values, "purposes", "directMarketing", lent(begun, "purposes", "directMarketing"));
  next = withConsent(next, begun, "newsletter");
  const permission = listIn(lender.channelPermissions).find((one) => mapIn(one).purpose === "directMarketing");
  next = set(next, ["channelPermissions"], [...listIn(next.channelPermissions), voice.lent(permission)]);
  next = ensure(next, "flows", "newsletterByEmail", { ...lent(begun, "flows", "newsletterByEmail"), by: [at.meets] });
  const bans = { ...mapIn(voice.lent(lender.banList)), purposes: ["directMarketing"] };
  next =
    next.banList === undefined
      ? set(next, ["banList"], bans)
      : addTo(next, ["banList", "purposes"], ["directMarketing"]);
  for (const category of ["name", "email"])
    next = addTo(next, ["categories", category, "purposes"], ["directMarketing"]);
  return allow(next, at.meets, "customers", ["collect", "read"], "directMarketing", ["name", "email"]);
}

/** Data Protection Act (1050/2018) section 29: only where it is important to tell for certain who somebody is. */
function identityCode(values: Values, begun: Beginning): Values {
  const grounds = begun.answers.identityCode;
  if (grounds.length === 0) {
    const carry = Object.entries(mapAt(values, ["flows"])).filter(([id]) =>
      idsAt(values, ["flows", id, "categories"]).includes("personalIdentityCode"),
    );
    const without = carry.reduce((all, [id]) => set(all, ["flows", id]), values);
    return set(without, ["categories", "personalIdentityCode"]);
  }
  const { at, voice } = begun;
  const why = voice.text((w) => w("identityCode.why", { which: [...grounds].sort().join("") }));
  if (Object.hasOwn(mapAt(values, ["categories"]), "personalIdentityCode")) {
    const next = set(values, ["categories", "personalIdentityCode", "grounds"], [...grounds]);
    return set(next, ["categories", "personalIdentityCode", "groundWhy"], why);
  }
  const givenBy = [...ofKind(values, "sources", "meeting"), ...ofKind(values, "sources", "phone")];
  let next = ensure(values, "purposes", "receivables", lent(begun, "purposes", "receivables"));
  next = ensure(next, "categories", "personalIdentityCode", {
    ...lent(begun, "categories", "personalIdentityCode"),
    purposes: ["receivables", "rightsHandling"],
    givenBy,
    systems: [at.machine.system ?? ""],
    grounds: [...grounds],
    groundWhy: why,
  });
  const owed = ["name", "billingAddress", "businessId", "orders"];
  for (const category of owed) next = addTo(next, ["categories", category, "purposes"], ["receivables"]);
  next = addTo(next, ["registers", "customers", "categories"], ["personalIdentityCode"]);
  next = ensure(next, "retention", "identityCode", lent(begun, "retention", "identityCode"));
  const all = [...owed, "personalIdentityCode"];
  next = allow(next, at.owed, "customers", ["collect", "read", "change"], "receivables", all);
  return allow(next, at.owed, "customers", ["read"], "rightsHandling", ["personalIdentityCode"]);
}

/** How long after delivery, and how long where there never was one. */
function lengths(values: Values, begun: Beginning): Values {
  const { voice, answers } = begun;
  const { warranty, noDeal } = answers;
  const core = ["retention", "customerCore"];
  const hasWarranty = values.warranty !== undefined;
  const promised: Json =
    hasWarranty && warranty !== "unknown" ? { period: warranty, label: voice.text((w) => w("warranty")) } : null;
  let next = hasWarranty ? set(values, ["warranty"], promised ?? undefined) : values;
  // Without a length there is no day on which a warranty ends: what counts is the delivery.
  for (const [id, rule] of Object.entries(mapAt(next, ["retention"])))
    if (promised === null && mapIn(rule).from === "warrantyEnd")
      next = set(set(next, ["retention", id, "from"], "delivery"), ["retention", id, "period"], "unknown");
  if (!hasWarranty) next = set(next, [...core, "period"], warranty);
  next = set(next, [...core, "otherwise", "period"], noDeal);
  return set(
    next,
    [...core, "ground"],
    voice.text((w) => w("kept")),
  );
}

const withConsent = (values: Values, begun: Beginning, id: string): Values => {
  const consent = lent(begun, "consents", id);
  const { text = "" } = mapIn(listIn(consent.wording).at(-1));
  return ensure(values, "consents", id, { ...consent, wording: [{ version: 1, from: begun.today, text }] });
};

function allow(
  values: Values,
  role: string,
  register: string,
  verbs: readonly string[],
  purpose: string,
  categories: readonly string[],
): Values {
  const may = listIn(mapAt(values, ["roles", role]).may);
  const more = { register, verbs: [...verbs], purposes: [purpose], categories: [...categories] };
  return set(values, ["roles", role, "may"], [...may, more]);
}
