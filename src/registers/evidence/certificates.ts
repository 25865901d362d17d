// Certificates of erasures as rows, and which erasures have none yet.
import type { Tables } from "../../db/tables.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import type { LogGrant } from "./log/store.ts";

/** One act of erasure: every line of the ledger that one transaction wrote of one person. */
export type Act = { subject: string; rowsGoneAt: Date };
export type ActLine = {
  id: string;
  register: string;
  categories: string[];
  rule: string | null;
  keys: string[];
  keys_destroyed_at: Date | null;
};
export type CertificateRow = Tables["erasure_certificate"];

/** Certificates are the program's own: only their issuing, with the hash, is an event. */
export const asCertifier = <T>(
  gate: Gate,
  { verb, digest }: { verb: "read" | "collect" | "change"; digest?: Uint8Array },
  work: (grant: LogGrant) => Promise<T>,
): Promise<T> =>
  gate.serving(
    systemCaller("retention"),
    { register: "evidence", verb, place: "retention", ...(digest ? { digest } : { silent: true }) },
    work,
  );

/** Acts all of whose keys are gone and that have no certificate, oldest first. */
export async function actsWithout(grant: LogGrant, most: number): Promise<Act[]> {
  const rows = await grant
    .selectFrom("erasure_ledger")
    .select(["subject_id", "rows_gone_at"])
    .where("certificate_id", "is", null)
    .where("ground", "<>", "resealed")
    .groupBy(["rows_gone_at", "subject_id"])
    .having((eb) => eb(eb.fn.countAll(), "=", eb.fn.count("keys_destroyed_at")))
    .orderBy("rows_gone_at")
    .limit(most)
    .execute();
  return rows.map(({ subject_id, rows_gone_at }) => ({ subject: subject_id, rowsGoneAt: rows_gone_at }));
}

const ofAct = (grant: LogGrant, { subject, rowsGoneAt }: Act) =>
  grant
    .selectFrom("erasure_ledger")
    .where("subject_id", "=", subject)
    .where("rows_gone_at", "=", rowsGoneAt)
    .where("ground", "<>", "resealed");

export const linesOf = (grant: LogGrant, act: Act): Promise<ActLine[]> =>
  ofAct(grant, act)
    .select(["id", "register", "categories", "rule", "keys", "keys_destroyed_at"])
    .orderBy("id")
    .execute();

/** False where somebody was quicker: an act has one certificate, and the caller takes its transaction back. */
export async function addCertificate(grant: LogGrant, row: CertificateRow): Promise<boolean> {
  const { numUpdatedRows } = await grant
    .update("erasure_ledger")
    .set({ certificate_id: row.id })
    .where("subject_id", "=", row.subject_id)
    .where("rows_gone_at", "=", row.rows_gone_at)
    .where("ground", "<>", "resealed")
    .where("certificate_id", "is", null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  await grant.insertMany("erasure_certificate", [row]).execute();
  return true;
}

export const unproven = (grant: LogGrant, most: number): Promise<CertificateRow[]> =>
  grant
    .selectFrom("erasure_certificate")
    .selectAll()
    .where("proof", "is", null)
    .orderBy("issued_at")
    .limit(most)
    .execute();

/** The event that wrote the certificate down. */
export async function eventOfDigest(grant: LogGrant, digest: Buffer): Promise<number | undefined> {
  const row = await grant.selectFrom("audit_event").select("id").where("digest", "=", digest).executeTakeFirst();
  return row?.id;
}

export async function keepProof(grant: LogGrant, id: string, proof: string): Promise<void> {
  await grant.update("erasure_certificate").set({ proof }).where("id", "=", id).execute();
}

export const findCertificate = (grant: LogGrant, id: string): Promise<CertificateRow | undefined> =>
  grant.selectFrom("erasure_certificate").selectAll().where("id", "=", id).executeTakeFirst();

/** Newest first. */
export function listCertificates(
  grant: LogGrant,
  { subject, before, limit }: { subject?: string | undefined; before?: string | undefined; limit: number },
): Promise<CertificateRow[]> {
  let query = grant.selectFrom("erasure_certificate").selectAll();
  if (subject !== undefined) query = query.where("subject_id", "=", subject);
  if (before !== undefined) query = query.where("id", "<", before);
  return query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
}
