// What is kept about people beside their data: the log before the answer, consents, restrictions, passwords, and what a system may hold.
import { check } from "../../description/check.ts";
import type { Description } from "../../description/schema.ts";
import { hashPassword, verifyPassword } from "../../keys/password.ts";
import { randomToken } from "../../keys/token.ts";
import { findCustomer } from "../../registers/customers/store.ts";
import { endConsents } from "../../registers/permissions/ending.ts";
import { newId } from "../../values/Uuid.ts";
import { expect, NothingToProve, NotKept, type Probe, refusalOf } from "../scene.ts";

export const auditBeforeAnswer: Probe = async ({ stage, person }) => {
  const { id, who } = await person();
  const read = () => stage.gate.read(who.caller, { register: "customers", subject: id }, findCustomer);
  const before = stage.events().length;
  await read();
  const [event] = stage.events().slice(before);
  expect(event?.decision === "allowed" && event.subjects.includes(id), "a read was not written down");
  stage.breakLog();
  try {
    await read();
  } catch {
    return "a read is in the log before its answer; with a broken log there is no answer";
  }
  throw new NotKept("an answer left although the log could not be written");
};

export const consentRecorded: Probe = async ({ description, stage, person, as }) => {
  const purpose = Object.keys(description.purposes).find(
    (id) => description.purposes[id]?.legalBasis === "consent" && readers(description, id) !== undefined,
  );
  const consent = Object.keys(description.consents).find((id) => description.consents[id]?.purpose === purpose);
  if (purpose === undefined || consent === undefined) throw new NothingToProve("nobody reads customers on consent");
  const { wording: wordings, validFor } = description.consents[consent] ?? {};
  const wording = wordings?.at(-1)?.version ?? 1;
  const reader = as(readers(description, purpose) ?? "", purpose);
  const seen = async (id: string) => {
    const rows = await stage.gate.read(reader, { register: "customers" }, (grant) =>
      grant.selectFrom("customer").select("subject_id").where("subject_id", "=", id).execute(),
    );
    return rows.length === 1;
  };
  /** How long ago the person gave it, in days. */
  const given = async (daysAgo: number): Promise<string> => {
    const { id, who } = await person();
    expect(!(await seen(id)), "somebody who has not consented is seen for a purpose that needs consent");
    await stage.gate.write(who.caller, { register: "customers", verb: "collect", subject: id }, async (grant) => {
      const given_at = new Date(grant.at.getTime() - daysAgo * DAY_MS);
      const row = { id: newId(), consent, purpose, channels: [], wording, wording_hash: Buffer.alloc(32) };
      const how = { language: "fi", source: "probe", given_at, given_by: "subject" };
      const inForce = { withdrawn_at: null, withdrawn_by: null };
      await grant
        .permissions()
        .insert("consent", { ...row, ...how, ...inForce })
        .execute();
    });
    expect(await seen(id), "somebody who has consented is not seen");
    return id;
  };
  const today = await given(0);
  const told = "not seen before consenting, seen after, with the version of the wording kept";
  if (validFor === undefined) return told;
  const longAgo = await given(LONG_AGO_DAYS);
  await endConsents(stage.gate);
  expect(!(await seen(longAgo)), "a consent is relied on after its last day");
  expect(await seen(today), "a consent ended before its last day");
  return `${told}; not seen after its last day`;
};
const DAY_MS = 24 * 3_600_000;
/** Longer than any consent is relied on. */
const LONG_AGO_DAYS = 20_000;

/** A role that reads customers for the purpose. */
const readers = (description: Description, purpose: string): string | undefined =>
  Object.keys(description.roles).find((role) =>
    description.roles[role]?.may.some(
      ({ register, verbs, purposes }) =>
        description.registers[register]?.kind === "customers" && verbs.includes("read") && purposes.includes(purpose),
    ),
  );

export const restrictionHides: Probe = async ({ stage, person, customers }) => {
  const { id, who } = await person();
  const read = () => stage.gate.read(who.caller, { register: "customers", subject: id }, findCustomer);
  await read();
  await stage.gate.write(who.caller, { register: "customers", verb: "collect", subject: id }, async (grant) => {
    const row = {
      id: newId(),
      register: customers,
      purposes: [],
      until: null,
      ground: "probe",
      at: grant.at,
      by: "probe",
      lifted_at: null,
    };
    await grant.permissions().insert("restriction", row).execute();
  });
  await refusalOf(read(), "a restricted person is seen for a purpose that does not remain");
  return "seen before, not found after the restriction";
};

export const ownPassword: Probe = async () => {
  const [password, other] = [randomToken(), randomToken()];
  const hash = await hashPassword(password);
  expect(!hash.includes(password), "the hash holds the password");
  expect(await verifyPassword(password, hash), "the right password is refused");
  expect(!(await verifyPassword(other, hash)), "another password is accepted");
  return "the right password opens, another does not, and only its argon2id hash is kept";
};

export const systemsRisk: Probe = async ({ description }) => {
  const high = Object.keys(description.categories).find((id) => description.categories[id]?.risk === "high");
  const register = Object.keys(description.registers).find((id) =>
    description.registers[id]?.categories.includes(high ?? ""),
  );
  const system = description.registers[register ?? ""]?.systems.find((id) => allowsHigh(description, high ?? "", id));
  if (high === undefined || system === undefined) throw new NothingToProve("no register holds a category of high risk");
  const one = description.systems[system];
  if (!one) throw new NothingToProve("the system is not declared");
  const lowered: Description = {
    ...description,
    systems: { ...description.systems, [system]: { ...one, highestRisk: "low" } },
  };
  const findings = check({ description: lowered, placeOf: () => ({ line: 1, col: 1 }), findings: [] });
  expect(
    findings.some(
      ({ severity, path }) =>
        severity === "error" && (path.includes(high) || path.includes(system) || path.includes(register ?? "")),
    ),
    "a system for low risk only may hold a category of high risk",
  );
  return "a description that puts high-risk data in a low-risk system does not come into force";
};

const allowsHigh = (description: Description, category: string, system: string): boolean =>
  description.categories[category]?.systems?.includes(system) ?? true;
