import type { z } from "zod";
import type { Serve } from "../../api/serve.ts";
import { inLanguage } from "../../description/text.ts";
import { certificatePage } from "../../documents/certificate.ts";
import type { Gate } from "../../gate/gate.ts";
import {
  asCertifier,
  type CertificateRow,
  findCertificate,
  listCertificates as list,
} from "../../registers/evidence/certificates.ts";
import { notFound } from "../../values/problem.ts";
import { labelsOf } from "../labels.ts";
import * as contract from "./contract.ts";
import { type CopiesAfter, certifyErasures } from "./issue.ts";

export function certificateRoutes(serve: Serve, gate: Gate, copiesAfter: CopiesAfter): void {
  serve(contract.listCertificates, async (_, { query }) => {
    // Whoever asks for the certificate of an erasure a moment ago should find it.
    await certifyErasures(gate, copiesAfter);
    const rows = await asCertifier(gate, { verb: "read" }, (grant) => list(grant, query));
    const items = rows.slice(0, query.limit).map(lineOf);
    const last = items.at(-1);
    return rows.length > query.limit && last ? { items, next: last.id } : { items };
  });
  serve(contract.readCertificate, async (_, { params }) => told(await found(gate, params.id)));
  serve(contract.printCertificate, async (_, { params, query: { language } }) => {
    const { certificate, proof } = told(await found(gate, params.id));
    const { description } = gate.inForce();
    const rules = Object.fromEntries(
      Object.entries(description.retention).map(([id, { ground }]) => [id, inLanguage(description, ground, language)]),
    );
    return certificatePage(certificate, proof, { ...labelsOf(description, language), rules }, language);
  });
}

async function found(gate: Gate, id: string): Promise<CertificateRow> {
  const row = await asCertifier(gate, { verb: "read" }, (grant) => findCertificate(grant, id));
  if (!row) throw notFound();
  return row;
}

/** Our own text, checked on its way out like every answer. */
function told({ certificate, proof }: CertificateRow): z.output<typeof contract.readCertificate.response> {
  return contract.readCertificate.response.parse({
    certificate: JSON.parse(certificate),
    proof: proof === null ? null : JSON.parse(proof),
  });
}

function lineOf(row: CertificateRow): contract.CertificateLine {
  const { certificate, proof } = told(row);
  return {
    id: row.id,
    subjectId: row.subject_id,
    rowsGoneAt: row.rows_gone_at.toISOString(),
    issuedAt: row.issued_at.toISOString(),
    registers: [...new Set(certificate.erased.map(({ register }) => register))],
    categories: [...new Set(certificate.erased.flatMap(({ categories }) => categories))],
    copiesGoneBy:
      certificate.copies
        .map(({ goneBy }) => goneBy)
        .sort()
        .at(-1) ?? null,
    proven: proof !== null,
  };
}
