// Who runs what, where, and under which agreement: systems, those who run them, and what the notice says of what leaves the EEA.
import type { Json } from "../rewrite.ts";
import type { Service } from "./answers.ts";
import { agreementOf, type Beginning, ensure, lent, locationOf, safeguardOf } from "./beginning.ts";
import type { ServiceId } from "./questions.ts";
import { addTo, idsAt, listIn, mapAt, mapIn, set, type Values } from "./values.ts";

const SERVICES = ["machine", "invoicing", "mail", "accountant", "copies"] as const satisfies readonly ServiceId[];

export function withServices(values: Values, begun: Beginning): Values {
  return [machine, invoicing, mail, copies, accountant, transfers].reduce((all, answer) => answer(all, begun), values);
}

function machine(values: Values, begun: Beginning): Values {
  const { system = "" } = begun.at.machine;
  return set(withHost(values, begun, "machine"), ["systems", system], {
    ...mapAt(values, ["systems", system]),
    ...placed(begun, "machine"),
  });
}

/** Another program gets the invoices from this one, which makes and keeps them. */
function invoicing(values: Values, begun: Beginning): Values {
  const { at, voice, answers } = begun;
  const main = at.machine.system ?? "";
  const { system = "" } = at.invoicing;
  const registers = ofKind(values, "registers", "invoices");
  const elsewhere = answers.invoicing.where !== "none";
  let next = set(values, ["systems", system]);
  for (const id of registers) next = set(next, ["registers", id, "systems"], elsewhere ? [main, system] : [main]);
  for (const [id, flow] of Object.entries(mapAt(next, ["flows"])))
    for (const side of ["from", "to"])
      if (mapIn(mapIn(flow)[side]).system === system) next = set(next, ["flows", id, side, "system"], main);
  const [register] = registers;
  if (!elsewhere || register === undefined) return next;
  next = set(withHost(next, begun, "invoicing"), ["systems", system], {
    kind: "connected",
    label: answers.invoicing.program ?? voice.text((w) => w("invoicing.system")),
    ...placed(begun, "invoicing"),
    highestRisk: "low",
  });
  const [purpose = ""] = ofKind(next, "purposes", "invoicing");
  return set(next, ["flows", "toInvoicingProgram"], {
    label: voice.text((w) => w("invoicing.flow")),
    from: { register, system: main },
    to: { register, system },
    categories: idsAt(next, ["registers", register, "categories"]).filter((category) =>
      idsAt(next, ["categories", category, "purposes"]).includes(purpose),
    ),
    purpose,
    channel: "byHand",
    trigger: "manual",
    manual: true,
    by: rolesOver(next, register, "collect"),
  });
}

function mail(values: Values, begun: Beginning): Values {
  const { at, voice, answers } = begun;
  const { system = "" } = at.mail;
  if (answers.mail.where === "none") {
    const without = set(values, ["systems", system]);
    return at.relay === null ? without : set(without, ["systems", at.relay]);
  }
  const place = placed(begun, "mail");
  const isNew = !Object.hasOwn(mapAt(values, ["systems"]), system);
  let next = withHost(values, begun, "mail");
  next = ensure(next, "systems", system, {
    kind: "connected",
    label: voice.text((w) => w("mail.system")),
    ...place,
    highestRisk: "low",
  });
  const { program } = answers.mail;
  next = set(next, ["systems", system], {
    ...mapAt(next, ["systems", system]),
    ...place,
    ...(program && { label: program }),
  });
  // A helper stands somewhere; until that is known it helps nobody.
  const relay =
    answers.mail.where === "unknown" ? undefined : { ...mapAt(next, ["systems", at.relay ?? ""]), ...place };
  if (at.relay !== null) next = set(next, ["systems", at.relay], relay);
  return isNew ? addTo(next, ["registers", "customers", "systems"], [system]) : next;
}

/** Where nobody knows yet, none are taken, and nothing is promised of trying them. */
function copies(values: Values, begun: Beginning): Values {
  const { at, voice, answers } = begun;
  const { system = "" } = at.copies;
  if (answers.copies.where === "unknown") {
    const drills = Object.entries(mapAt(values, ["measures"])).filter(
      ([, measure]) => mapIn(mapIn(measure).keptBy).control === "restoreDrill",
    );
    return drills.reduce((all, [id]) => set(all, ["measures", id]), set(values, ["systems", system]));
  }
  const { serves = ["backup"] } = mapAt(values, ["systems", system]);
  return set(withHost(values, begun, "copies"), ["systems", system], {
    kind: "helper",
    serves,
    label: voice.text((w) => w(answers.copies.where === "own" ? "copies.own" : "copies.system")),
    ...placed(begun, "copies"),
    highestRisk: "high",
  });
}

function accountant(values: Values, begun: Beginning): Values {
  const { at, answers } = begun;
  if (answers.accountant.where === "own") return set(values, ["processors", at.accountant.host]);
  const next = withHost(values, begun, "accountant");
  const [register] = ofKind(next, "registers", "invoices");
  const [purpose] = ofKind(next, "purposes", "bookkeeping");
  if (register === undefined || purpose === undefined) return next;
  return ensure(next, "flows", at.toAccountant, {
    ...lent(begun, "flows", "toAccountant"),
    from: { register },
    to: { processor: at.accountant.host },
    categories: idsAt(next, ["registers", register, "categories"]),
    purpose,
    by: rolesOver(next, register, "disclose"),
  });
}

/** GDPR Art. 13(1)(f): what leaves the EEA is told, with what protects it. */
function transfers(values: Values, begun: Beginning): Values {
  const outside = SERVICES.filter((id) => begun.answers[id].where === "outside");
  if (outside.length === 0) return set(values, ["notice", "thirdCountryTransfers"], false);
  return set(
    values,
    ["notice", "thirdCountryTransfers"],
    begun.voice.text((w) =>
      outside
        .map((id) => w("outside", { what: w(`${id}.what`), safeguard: begun.answers[id].safeguard ?? "none" }))
        .join(" "),
    ),
  );
}

function placed(begun: Beginning, id: "machine" | "invoicing" | "mail" | "copies"): Values {
  const service = begun.answers[id];
  if (service.where === "own")
    return {
      runBy: "controller",
      location: { premises: begun.voice.text((w) => w(id === "copies" ? "premises.apart" : "premises")) },
    };
  return { runBy: begun.at[id].host, location: locationOf(service.where), ...safeguardOf(begun, service) };
}

function withHost(values: Values, begun: Beginning, id: ServiceId): Values {
  const service: Service = begun.answers[id];
  if (service.where === "own") return values;
  const { host } = begun.at[id];
  const there = mapAt(values, ["processors", host]);
  const { label = begun.voice.text((w) => w(`${id}.host`)), scope } = there;
  // The example's words for an accountant tell whose books they are.
  const said: Json = scope !== undefined && id !== "accountant" ? scope : begun.voice.text((w) => w(`${id}.scope`));
  return set(values, ["processors", host], {
    label,
    name: service.provider ?? "unknown",
    agreement: agreementOf(service),
    scope: said,
    location: locationOf(service.where),
    ...safeguardOf(begun, service),
  });
}

/** Ids of the elements of a kind. */
export const ofKind = (values: Values, heading: string, kind: string): string[] =>
  Object.entries(mapAt(values, [heading])).flatMap(([id, element]) => (mapIn(element).kind === kind ? [id] : []));

/** Roles of the company's own people that may do something in a register. */
function rolesOver(values: Values, register: string, verb: string): string[] {
  return Object.entries(mapAt(values, ["roles"])).flatMap(([id, role]) => {
    const { processor, may } = mapIn(role);
    const over = listIn(may).map(mapIn);
    const can = over.some((one) => one.register === register && listIn(one.verbs).includes(verb));
    return processor === undefined && can ? [id] : [];
  });
}
