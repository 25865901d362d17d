// Which question a place of the description comes from, so that a finding leads back to where it was answered.

import type { Answers } from "./answers.ts";
import { type Places, places } from "./examples.ts";
import type { AskedIn, ExampleId, ServiceId } from "./questions.ts";

/** `path` as a finding says it ("processors.mailHost.agreement"); null where no question made it. */
export function questionOf(path: string, example: ExampleId, answers: Answers): AskedIn | null {
  const [heading = "", id = "", key = ""] = path.split(".");
  if (heading === "controller") return id === "name" || id === "businessId" ? "company" : contactOf(id);
  if (heading === "languages") return "company";
  if (heading === "responsiblePerson") return "responsible";
  if (heading === "deputy") return "deputy";
  if (heading === "systems" || heading === "processors") return serviceOf(places[example], heading, id);
  if (heading === "warranty") return "warranty";
  if (heading === "retention") return retentionOf(id, key);
  if (path === "notice.thirdCountryTransfers")
    return services.find((service) => answers[service]?.where === "outside") ?? null;
  if (id === "personalIdentityCode") return "identityCode";
  if (heading === "sources" || heading === "purposes") return id === "raffle" ? "raffles" : marketing(id);
  return null;
}

const services = ["mail", "machine", "invoicing", "accountant", "copies"] as const satisfies readonly ServiceId[];

const contactOf = (id: string): AskedIn | null =>
  id === "address" || id === "email" || id === "phone" ? "contact" : null;
const marketing = (id: string): AskedIn | null => (id === "directMarketing" ? "newsletter" : null);

function serviceOf(at: Places, heading: "systems" | "processors", id: string): AskedIn | null {
  if (heading === "systems" && id === at.relay) return "mail";
  return services.find((service) => (heading === "systems" ? at[service].system : at[service].host) === id) ?? null;
}

function retentionOf(id: string, key: string): AskedIn | null {
  if (id === "identityCode") return "identityCode";
  if (id === "customerCore") return key === "otherwise" ? "noDeal" : "warranty";
  return id === "signedContracts" && key !== "otherwise" ? "warranty" : null;
}
