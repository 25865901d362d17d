// What published notices of Finnish companies need to say, each shown by one of the made-up companies.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "./parse.ts";
import type { Description } from "./schema.ts";

function read(name: string): Description {
  const { description } = parse(readFileSync(join(import.meta.dirname, `../../descriptions/${name}.yaml`), "utf8"));
  assert.ok(description);
  return description;
}
const workshop = read("pyorapaja");
const photographer = read("valokuvaamo");

const SHOWN: Record<string, boolean> = {
  "one register over several systems": (workshop.registers.customers?.systems.length ?? 0) > 1,
  "a device's number as customer data for the warranty":
    workshop.categories.frameNumber?.purposes.includes("warranty") ?? false,
  "those who only asked for an offer": workshop.retention.customerCore?.otherwise?.from === "lastContact",
  "a basis of the old law, mapped": workshop.purposes.development?.added !== undefined,
  "legitimate interest with its statement": "balancingTest" in (workshop.purposes.development?.ground ?? {}),
  "contact persons with fewer data": photographer.subjects.contactPersons?.categories?.includes("position") ?? false,
  "must it be given, and what if not": workshop.categories.billingAddress?.required.by === "law",
  "a source that is a third party": photographer.sources.partner?.from === "thirdParty",
  "a disclosure that needs that person's consent": photographer.flows.toPrinter?.requiresConsent === "sharing",
  "a disclosure to an authority": photographer.flows.toAuthority?.trigger === "request",
  "the same data under several rules":
    photographer.retention.invoicingMaterial?.period !== photographer.retention.customerCore?.period,
  "customer data inside another register": photographer.registers.timeSheets?.categories.includes("name") ?? false,
  "a raffle that stays a raffle": workshop.sources.raffle?.purposes?.join() === "raffle",
  "a channel that knows its recipient": photographer.flows.toAuthority?.recipientIdentifiedBy !== undefined,
  "joint controllers": "studio" in photographer.jointControllers,
  "a category from a stage on": photographer.categories.refundAccount?.fromStage === "customer",
  "permission a channel": photographer.channelPermissions.some(({ rule }) => rule === "never"),
  "a period in hours": photographer.retention.refundAccounts?.period === "PT48H",
  "a clock from the company's own event": photographer.retention.photographs?.from === "galleryClosed",
  holds: "dispute" in photographer.holds,
  "sub-processors outside the EEA with a safeguard": photographer.processors.galleryHost?.subProcessors.length === 2,
  "a ban list that outlives the person": photographer.banList !== undefined,
  "a first language other than Finnish": photographer.languages[0] === "sv",
};

for (const [what, shown] of Object.entries(SHOWN)) test(`the examples show ${what}`, () => assert.ok(shown));
