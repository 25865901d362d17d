// Each erasure ends in a certificate, made when its last key is gone and proven when the log has signed its event.
import type { Description } from "../../description/schema.ts";
import type { Certificate } from "../../documents/certificate.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate, Steps } from "../../gate/gate.ts";
import { digest } from "../../keys/token.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { kinds } from "../../registers/all.ts";
import { lastDay } from "../../registers/ends.ts";
import {
  type Act,
  type ActLine,
  actsWithout,
  addCertificate,
  asCertifier,
  eventOfDigest,
  keepProof,
  linesOf,
  unproven,
} from "../../registers/evidence/certificates.ts";
import { canonicalJson } from "../../registers/evidence/log/event.ts";
import { proveInclusion } from "../../registers/evidence/log/proofs.ts";
import { asLog } from "../../registers/evidence/log/serving.ts";
import { newestCheckpoint } from "../../registers/evidence/log/store.ts";
import { actsOn } from "../../registers/evidence/seen.ts";
import { historyOf } from "../../registers/permissions/state.ts";
import { holdingsOf } from "../../retention/contacts.ts";
import { addPeriod, dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";
import { recipientsOf, staysInside } from "../recipients.ts";

/** What copies of the data there may be, and until when, counted from the moment the keys went. */
export type CopiesAfter = (keysGoneAt: Date) => Certificate["copies"];

const AT_ONCE = 200;

/** Issues what is ready and proves what has been signed meanwhile. Answers how many were issued. */
export async function certifyErasures(gate: Gate, copiesAfter: CopiesAfter): Promise<number> {
  const acts = await asCertifier(gate, { verb: "read" }, (grant) => actsWithout(grant, AT_ONCE));
  for (const act of acts) await issue(gate, act, copiesAfter);
  await proveIssued(gate);
  return acts.length;
}

async function issue(gate: Gate, act: Act, copiesAfter: CopiesAfter): Promise<void> {
  const lines = await asCertifier(gate, { verb: "read" }, (grant) => linesOf(grant, act));
  const { description } = gate.inForce();
  const at = gate.clock.now();
  const keysGoneAt = new Date(Math.max(...lines.map(({ keys_destroyed_at }) => keys_destroyed_at?.getTime() ?? 0)));
  const certificate: Certificate = {
    id: newId(at),
    installation: gate.keys.installation,
    controller: description.controller.name,
    subject: act.subject,
    issuedAt: at.toISOString(),
    erased: lines.map((line) => erasedLine(description, line, act.rowsGoneAt)),
    epoch: gate.keys.state().epoch,
    ...(await besides(
      gate,
      act.subject,
      lines.flatMap(({ categories }) => categories),
    )),
    copies: copiesAfter(keysGoneAt),
  };
  const text = canonicalJson(certificate);
  const hash = digest(text);
  const { id } = certificate;
  const row = { id, subject_id: act.subject, rows_gone_at: act.rowsGoneAt, issued_at: at, certificate: text };
  await asCertifier(gate, { verb: "collect", digest: hash }, async (grant) => {
    if (!(await addCertificate(grant, { ...row, digest: hash, proof: null }))) throw new HasOne();
  }).catch((error) => {
    if (!(error instanceof HasOne)) throw error;
  });
}

/** Takes the event back with the transaction: the log must not tell of a certificate that there is not. */
class HasOne extends Error {}

function erasedLine(description: Description, line: ActLine, rowsGoneAt: Date): Certificate["erased"][number] {
  const { register, categories, rule, keys, keys_destroyed_at } = line;
  const kind = kinds.find((one) => one === register);
  return {
    register: (kind && registerOfKind(description, kind)) ?? register,
    categories,
    rule: rule ?? "",
    rowsGoneAt: rowsGoneAt.toISOString(),
    keysDestroyedAt: keys_destroyed_at?.toISOString() ?? null,
    keyIds: keys,
  };
}

/** What is still held of the person and why, and where it has gone (GDPR Art. 19): from the same acts as the access package tells. */
async function besides(
  gate: Gate,
  subject: string,
  erased: readonly string[],
): Promise<Pick<Certificate, "kept" | "outOfReach" | "within">> {
  const caller = systemCaller("retention");
  return gate.right(caller, { right: "retention", verb: "read", subject, kinds }, async (steps) => {
    const { description } = gate.inForce();
    const held = await keptOf(description, steps);
    const had = new Set([...erased, ...held.flatMap(({ categories }) => categories)]);
    const gone = recipientsOf(description, await actsOn(steps), description.languages[0] ?? "fi", had);
    const moved = (inside: boolean) =>
      gone
        .filter(({ flow }) => staysInside(description, flow) === inside)
        .map(({ to, categories, last }) => ({ to, categories, last }));
    return {
      kept: [...held, ...(await permissionsKept(description, steps))],
      outOfReach: moved(false),
      within: moved(true),
    };
  });
}

async function keptOf(description: Description, steps: Steps): Promise<Certificate["kept"]> {
  const holdings = await holdingsOf(steps);
  const told = Object.assign({}, ...holdings.map(({ tells }) => tells));
  const lines = holdings.flatMap(({ register, parts, openOrder }) =>
    parts.map(({ rule: id, items, events }) => {
      const rule = description.retention[id];
      const until = rule ? lastDay(rule, { ...told, ...events }, openOrder) : null;
      const reason =
        openOrder && until === null ? "openOrder" : rule?.basis === "legalObligation" ? "keptByLaw" : "keptByRule";
      const ground = rule && reason !== "openOrder" ? { rule: id } : {};
      return { register, categories: [...new Set(items.map(({ category }) => category))], until, reason, ...ground };
    }),
  );
  // Two invoices that end on the same day are one line to tell.
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** A consent that has been withdrawn stays as its own proof (Art. 7(1)), until the same day as the answer to the request told; one in force has no day yet. */
async function permissionsKept({ consents }: Description, steps: Steps): Promise<Certificate["kept"]> {
  const given = (await historyOf(steps.permissions())).filter(({ kind }) => kind === "consent");
  const days = given.map(({ of, ended }) => {
    const period = Object.hasOwn(consents, of) ? consents[of]?.proofKept : undefined;
    return ended === null || period === undefined ? null : addPeriod(dayInHelsinki(ended), period);
  });
  const line = { register: "permissions", categories: ["consentProof"], reason: "consentProof" };
  return [...new Set(days)].map((until) => ({ ...line, until }));
}

/** The proof is kept as it is when the log has signed the event: later the log may drop the entry, and the certificate must still be provable. */
async function proveIssued(gate: Gate): Promise<void> {
  const checkpoint = await asLog(gate, "read", newestCheckpoint);
  if (!checkpoint) return;
  const waiting = await asCertifier(gate, { verb: "read" }, (grant) => unproven(grant, AT_ONCE));
  for (const { id, digest: hash } of waiting) {
    const event = await asCertifier(gate, { verb: "read" }, (grant) => eventOfDigest(grant, hash));
    const proof = event === undefined ? null : await proveInclusion(gate, event, checkpoint);
    if (proof) await asCertifier(gate, { verb: "change" }, (grant) => keepProof(grant, id, JSON.stringify(proof)));
  }
}
