// An example without what is true of its own company only: a new company must not print another's numbers, names and agreements as its own.
import type { AllAnswers, Company } from "./answers.ts";
import type { Beginning } from "./beginning.ts";
import type { ExampleId } from "./questions.ts";
import { idsAt, isMap, listIn, mapAt, mapIn, set, texts, type Values, without } from "./values.ts";

/** Why something stands there although the example's older page did not say it. */
const ADDED = new Set(["added"]);

export const renamed = (values: Values, name: string): Values => {
  const { name: before } = mapAt(values, ["controller"]);
  return typeof before === "string" ? mapIn(texts(values, (text) => text.replaceAll(before, () => name))) : values;
};

export function emptied(values: Values, example: ExampleId, company: Company, begun: Beginning): Values {
  let next = mapIn(without(values, ADDED));
  next = { ...next, version: "1", languages: [...company.languages] };
  next = set(next, ["jointControllers"]);
  next = set(next, ["controller"], {
    ...mapAt(next, ["controller"]),
    ...contact(company, begun.answers),
    iban: "unknown",
    vatRegistered: "unknown",
    financialYearEnd: "12-31",
    paymentTermDays: 14,
  });
  const { responsible, deputy } = begun.answers;
  next = set(next, ["responsiblePerson"], person(responsible));
  next = set(next, ["deputy"], deputy.name || deputy.email ? person(deputy) : "unknown");
  for (const [id, processor] of Object.entries(mapAt(next, ["processors"])))
    next = set(next, ["processors", id], {
      ...mapIn(without(processor, new Set(["businessId", "subProcessors", "safeguard"]))),
      name: "unknown",
      agreement: "unknown",
    });
  if (next.staff !== undefined) next = set(next, ["staff", "heard", "day"], "unknown");
  for (const [id, consent] of Object.entries(mapAt(next, ["consents"])))
    next = set(next, ["consents", id, "wording"], firstWording(mapIn(consent), begun.today));
  return example === "valokuvaamo" ? withKeeper(set(next, ["purposes", "cooperation"]), begun) : next;
}

function contact({ name, businessId }: Company, { contact: given }: AllAnswers): Values {
  const { email, phone, street, postalCode, town } = given;
  const address = street && postalCode && town ? { street, postalCode, town, country: "FI" } : "unknown";
  return { name, businessId, address, email: email ?? "unknown", phone: phone ?? "unknown" };
}

const person = (given: AllAnswers["responsible"]): Values => ({
  name: given.name ?? "unknown",
  email: given.email ?? "unknown",
});

/** Nobody has agreed to anything yet: the words begin with this company. */
function firstWording(consent: Values, today: string): Values[] {
  const { text = "" } = mapIn(listIn(consent.wording).at(-1));
  return [{ version: 1, from: today, text }];
}

/** Whoever starts holds the role of the responsible person: an example without it would lock them out. */
function withKeeper(values: Values, { lender, voice }: Beginning): Values {
  const registers = Object.entries(mapAt(values, ["registers"])).filter(([, register]) => isMap(register));
  const may = registers.map(([id]) => ({
    register: id,
    verbs: ["read"],
    purposes: ["rightsHandling"],
    categories: idsAt(values, ["registers", id, "categories"]),
  }));
  const { label, rights = [], keeps = [] } = mapAt(lender, ["roles", "responsiblePerson"]);
  return set(values, ["roles", "responsiblePerson"], { label: voice.lent(label), may, rights, keeps });
}
