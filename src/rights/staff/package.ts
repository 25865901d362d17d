// The access package of somebody who uses the register. Asking for it is written down like any other look at a person's data.
import type { z } from "zod";
import type { Description } from "../../description/schema.ts";
import { accountPeriodOf, logPeriodOf } from "../../description/staff.ts";
import { inLanguage } from "../../description/text.ts";
import { rightsWords } from "../../documents/rightsWords.ts";
import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { actsOf, type OwnAct } from "../../registers/evidence/ofActor.ts";
import { ownData } from "../../registers/staff/own.ts";
import type { Language } from "../../values/Language.ts";
import { notFound } from "../../values/problem.ts";
import type { StaffPackage } from "./contract.ts";

const MOST = 5000;

/** @throws Problem `notFound` where neither an account nor an entry of the log is theirs */
export async function staffPackage(
  gate: Gate,
  caller: Caller,
  id: string,
  language: Language,
): Promise<z.input<typeof StaffPackage>> {
  const { description, hash } = gate.inForce();
  const { did, about } = await gate.serving(
    caller,
    { register: "evidence", verb: "read", place: "staff", silent: true },
    (grant) => actsOf(grant, id, MOST + 1),
  );
  const { account, sessions, invitations, passkeys, secondFactor, outside, views } = await gate.serving(
    caller,
    { register: "staff", verb: "read", place: "staff", subject: id },
    async (grant) => {
      const own = await ownData(grant);
      // A customer's id has entries about it too, but acted in nothing, and none of them is of an account.
      const known = own.account !== null || did.length > 0 || about.some(({ register }) => register === "staff");
      if (!known) throw notFound();
      return own;
    },
  );
  const roleLabel = (role: string) => {
    const known = Object.hasOwn(description.roles, role) ? description.roles[role] : undefined;
    return known ? inLanguage(description, known.label, language) : role;
  };
  return {
    subject: id,
    madeAt: gate.clock.now().toISOString(),
    description: { version: description.version, hash },
    controller: description.controller.name,
    account: account && {
      name: account.name,
      login: account.login,
      language: account.language,
      roles: account.roles.map(({ role, at }) => ({ role, label: roleLabel(role), at: at.toISOString() })),
      createdAt: account.createdAt.toISOString(),
      closedAt: account.disabledAt?.toISOString() ?? null,
      endsOn: account.endsOn,
      passwordAt: account.passwordAt?.toISOString() ?? null,
    },
    passkeys: passkeys.map(({ label, createdAt, usedAt }) => ({
      label,
      createdAt: createdAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    })),
    secondFactor: secondFactor && { since: secondFactor.since.toISOString(), codesLeft: secondFactor.codesLeft },
    outside: outside.map(({ issuer, name, createdAt }) => ({ issuer, name, createdAt: createdAt.toISOString() })),
    sessions: sessions.map(({ device, way, startedAt, seenAt, endsAt }) => ({
      device,
      way,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    invitations: invitations.map(({ roles, createdAt, endsAt }) => ({
      roles,
      createdAt: createdAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    views: views.map(({ name, list, createdAt }) => ({ name, list, createdAt: createdAt.toISOString() })),
    did: did.slice(0, MOST).map(told),
    about: about.slice(0, MOST).map((act) => ({ ...told(act), system: act.system })),
    more: did.length > MOST || about.length > MOST,
    purpose: purposeOf(description, language),
    kept: { accounts: accountPeriodOf(description), log: logPeriodOf(description) },
  };
}

const told = ({ at, roles, verb, register, purpose, categories, flow, decision, reason, people }: OwnAct) => ({
  at: at.toISOString(),
  roles,
  verb,
  register,
  purpose,
  categories,
  flow,
  decision,
  reason,
  people,
});

function purposeOf(description: Description, language: Language): { why: string; basis: string } | null {
  const { staff } = description;
  if (staff === undefined) return null;
  return {
    why: inLanguage(description, staff.why, language),
    basis: rightsWords(language)(`basis.${staff.legalBasis}`),
  };
}
