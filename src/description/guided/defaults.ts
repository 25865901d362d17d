// What each question says until somebody answers it: as in the example, where that is a way of working; facts of a company are not known.
import { valueAt } from "../rewrite.ts";
import type { AllAnswers, Service } from "./answers.ts";
import { places } from "./examples.ts";
import type { ExampleId, ServiceId } from "./questions.ts";
import { idsAt, mapAt, type Values } from "./values.ts";

/** `values`: the example's own text. */
export function defaultsOf(values: Values, example: ExampleId): AllAnswers {
  const service = (id: ServiceId): Service => ({ where: whereOf(values, example, id), agreement: "unknown" });
  const core = mapAt(values, ["retention", "customerCore"]);
  const lengthAt = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
  const grounds = idsAt(values, ["categories", "personalIdentityCode", "grounds"]);
  return {
    contact: {},
    responsible: {},
    deputy: {},
    accountant: service("accountant"),
    machine: service("machine"),
    invoicing: service("invoicing"),
    mail: service("mail"),
    copies: service("copies"),
    raffles: Object.hasOwn(mapAt(values, ["purposes"]), "raffle"),
    newsletter: Object.hasOwn(mapAt(values, ["purposes"]), "directMarketing"),
    identityCode: (["credit", "collection"] as const).filter((ground) => grounds.includes(ground)),
    warranty: lengthAt(mapAt(values, ["warranty"]).period ?? core.period, "unknown"),
    noDeal: lengthAt(mapAt(core, ["otherwise"]).period, "P6M"),
  };
}

function whereOf(values: Values, example: ExampleId, id: ServiceId): Service["where"] {
  const { system, host } = places[example][id];
  const element = mapAt(values, system === undefined ? ["processors", host] : ["systems", system]);
  if (Object.keys(element).length === 0) return system === undefined ? "own" : "none";
  if (element.runBy === "controller") return "own";
  if (valueAt(element, ["location", "country"]) === "FI") return "finland";
  return valueAt(element, ["location", "area"]) === "EEA" ? "eea" : "unknown";
}
