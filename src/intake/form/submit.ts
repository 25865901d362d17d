// A submission becomes a customer with consents, once, in one transaction. The answer is the same whoever writes.
import type { z } from "zod";
import type { CategoryType } from "../../description/terms.ts";
import { isAddress } from "../../description/terms.ts";
import type { Gate } from "../../gate/gate.ts";
import { awaitAnswer } from "../../registers/customers/awaiting.ts";
import type { Address } from "../../registers/customers/contract.ts";
import { entriesOf, type Fixed, fieldsOf } from "../../registers/customers/fields.ts";
import { nameOrderOf } from "../../registers/customers/search/byName.ts";
import { addCustomer } from "../../registers/customers/store.ts";
import { reaches } from "../../registers/permissions/offered.ts";
import { addConsents, type GivenConsent } from "../../registers/permissions/store.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import type { submitForm } from "./contract.ts";
import { type FormOffer, offerOf } from "./offer.ts";

export type Submission = z.output<NonNullable<typeof submitForm.body>>;

/** Throws `invalid.…` for what the person can mend; a category the form may not give is refused by the gate and written down. */
export async function submit(gate: Gate, body: Submission, requestId: string): Promise<{ received: true }> {
  const { description } = gate.inForce();
  const today = dayInHelsinki(gate.clock.now());
  const offer = offerOf(description, body.language, today);
  if (!offer || body.source !== offer.source) throw notFound();
  const given = valuesGiven(offer, body.values);
  const entries = entriesOf(fieldsOf(description, offer.register), given, today);
  const consents = consentsGiven(offer, body);

  const named = new Set(Object.keys(body.values).map((key) => key.split(".")[0] ?? key));
  const hidden = [...named].filter((category) => !offer.fields.some((field) => field.category === category));
  if (hidden.length === 0) needed(offer, body.values);
  const known = entries.map(({ category }) => category);
  if (!consents.every(({ channels }) => reaches(description, channels, known))) throw new Problem("noWayToReach", 422);
  const once = {
    key: gate.keys.mac("idempotency", `form ${body.submission}`),
    body: gate.keys.mac("body", JSON.stringify([body.values, body.consents])),
    status: 201,
  };
  let added: string | undefined;
  const answer = await gate.write(
    { actor: offer.actor, requestId, once },
    {
      register: "customers",
      verb: "collect",
      source: offer.source,
      subjectKind: "person",
      // What the form does not offer is asked too: the policy refuses it, and the refusal stands in the log.
      categories: [...entries.map(({ category }) => category), ...hidden],
    },
    async (grant) => {
      if (hidden.length > 0) throw invalid("field");
      // First what the person says now: it is heard before what was refused for the address earlier.
      await addConsents(grant.permissions(), consents);
      const { source } = offer;
      added = (await addCustomer(grant, { kind: "person", organisationId: null, source, ground: null, entries })).id;
      await awaitAnswer(grant);
      return { received: true as const };
    },
  );
  if (added !== undefined) nameOrderOf(gate).changed(added);
  return answer;
}

/** A name, and a way to answer, whatever the description calls them. */
function needed({ fields }: FormOffer, values: Submission["values"]): void {
  const given = (types: readonly CategoryType[]) =>
    fields.some(({ category, type }) => types.includes(type) && values[category]);
  if (!given(["name"])) throw invalid("name");
  if (!given(["email", "phone"])) throw invalid("contact");
}

/** Addresses come in parts: "billingAddress.street". */
export function valuesGiven({ fields }: Pick<FormOffer, "fields">, values: Submission["values"]) {
  const given: { [F in Fixed]?: string | Address } = {};
  const own: Record<string, string | Address> = {};
  for (const { category, type, fixed } of fields) {
    const value = isAddress(type) ? addressGiven(category, values) : values[category];
    if (value === undefined) continue;
    if (fixed) given[fixed] = value;
    else own[category] = value;
  }
  return { ...given, own };
}

function addressGiven(category: string, values: Submission["values"]): Address | undefined {
  const [street, postalCode, town] = PARTS.map((part) => values[`${category}.${part}`]?.trim());
  if (!street && !postalCode && !town) return undefined;
  if (!street || !postalCode || !town) throw invalid("postalAddress");
  return { street, postalCode, town, country: "FI" };
}
export const PARTS = ["street", "postalCode", "town"] as const;

/** Only what was ticked, in the wording that was shown and is still the one in force. */
function consentsGiven({ consents, source }: FormOffer, { consents: ticked, language }: Submission): GivenConsent[] {
  return Object.entries(ticked).map(([id, version]) => {
    const offered = consents.find((consent) => consent.id === id);
    if (!offered || offered.version !== version) throw invalid("consent");
    const { purpose, channels, text } = offered;
    return { consent: id, purpose, channels, wording: { version, text }, language, source };
  });
}
