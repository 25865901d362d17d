import { z } from "zod";
import { contract } from "../../api/contract.ts";

const Id = z.uuid();
const params = z.object({ id: Id });
const act = { keeps: "retention", verb: "read" } as const;

const Moved = z.object({ to: z.string(), categories: z.array(z.string()), last: z.string() });

/** What was erased, without saying what it was; ids are those of the description. Days are YYYY-MM-DD, moments ISO 8601. */
export const Certificate = z.object({
  id: Id,
  installation: Id,
  controller: z.string(),
  subject: Id,
  issuedAt: z.iso.datetime(),
  erased: z.array(
    z.object({
      register: z.string(),
      categories: z.array(z.string()),
      rule: z.string(),
      rowsGoneAt: z.iso.datetime(),
      keysDestroyedAt: z.iso.datetime().nullable(),
      keyIds: z.array(z.string()),
    }),
  ),
  epoch: z.number().int(),
  kept: z.array(
    z.object({
      register: z.string(),
      categories: z.array(z.string()),
      until: z.iso.date().nullable(),
      /** A code of `locales/<language>/rights.json`. */
      reason: z.string(),
      /** The retention rule whose ground it is. */
      rule: z.string().exactOptional(),
    }),
  ),
  copies: z.array(z.object({ what: z.string(), goneBy: z.iso.date() })),
  outOfReach: z.array(Moved),
  /** What moved to another register of this program, where the erasure reaches by itself; older certificates do not tell it. */
  within: z.array(Moved).exactOptional(),
});

/** Inclusion in the evidence log (RFC 6962), as `verify.mjs` takes it. */
const Proof = z.object({
  kind: z.literal("inclusion"),
  index: z.number().int(),
  hash: z.string(),
  event: z.record(z.string(), z.unknown()).nullable(),
  path: z.array(z.string()),
  checkpoint: z.string(),
});

export const CertificateLine = z.object({
  id: Id,
  subjectId: Id,
  rowsGoneAt: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  registers: z.array(z.string()),
  categories: z.array(z.string()),
  /** Copies that still hold the sealed data are gone by this day; null where there are none. */
  copiesGoneBy: z.iso.date().nullable(),
  /** The log has signed it: it can be checked without the program. */
  proven: z.boolean(),
});
export type CertificateLine = z.infer<typeof CertificateLine>;

export const listCertificates = contract({
  method: "GET",
  path: "/erasure-certificates",
  summary: "Certificates of erasures, newest first",
  act,
  query: z.object({
    subject: Id.optional(),
    before: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ items: z.array(CertificateLine), next: Id.optional() }),
});

export const readCertificate = contract({
  method: "GET",
  path: "/erasure-certificates/:id",
  summary: "A certificate with its proof, as verify.mjs checks it without the program",
  act,
  params,
  response: z.object({ certificate: Certificate, proof: Proof.nullable() }),
});

export const printCertificate = contract({
  method: "GET",
  path: "/erasure-certificates/:id/print",
  summary: "A certificate as a page to read",
  act,
  params,
  query: z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") }),
  response: z.string(),
  media: "text/html",
});
