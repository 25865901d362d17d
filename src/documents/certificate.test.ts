// The erasure certificate: a fictional one in three languages against its golden print, and what it must never do.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { languages } from "../values/Language.ts";
import {
  type Certificate,
  type CertificateLabels,
  type CertificateProof,
  certificateJson,
  certificatePage,
} from "./certificate.ts";

const golden = join(import.meta.dirname, "../../golden/documents");
const EXAMPLE: Certificate = {
  id: "0193a1f2-77aa-7c00-8000-00000000ce01",
  installation: "0193a1f2-77aa-7c00-8000-0123456789ab",
  controller: "Esimerkki Oy",
  subject: "0193a1f2-77aa-7c00-8000-00000000ab01",
  issuedAt: "2026-11-23T09:15:00.000Z",
  erased: [
    {
      register: "customers",
      categories: ["name", "email", "phone"],
      rule: "customerData",
      rowsGoneAt: "2026-11-23T09:14:58.000Z",
      keysDestroyedAt: "2026-11-23T09:14:59.000Z",
      keyIds: ["00112233445566778899aabbccddeeff", "102132435465768798a9bacbdcedfe0f"],
    },
    {
      register: "customers",
      categories: ["identityCode"],
      rule: "identityCode",
      rowsGoneAt: "2026-11-23T09:14:58.000Z",
      keysDestroyedAt: null,
      keyIds: [],
    },
  ],
  epoch: 17,
  kept: [
    { register: "invoices", categories: ["invoices"], until: "2032-12-31", reason: "keptByLaw", rule: "vouchers" },
    {
      register: "customers",
      categories: ["name", "orders"],
      until: "2031-11-20",
      reason: "keptByRule",
      rule: "warranty",
    },
    { register: "permissions", categories: [], until: null, reason: "ban" },
  ],
  copies: [
    { what: "keyring", goneBy: "2026-12-23" },
    { what: "database", goneBy: "2027-02-21" },
  ],
  outOfReach: [{ to: "Kirjanpito Mallikas Oy", categories: ["name", "invoices"], last: "2026-10-31T12:00:00.000Z" }],
  within: [{ to: "Laskutusrekisteri", categories: ["name", "billingAddress"], last: "2026-09-30T12:00:00.000Z" }],
};
const PROOF: CertificateProof = {
  hash: "5b8cf1",
  index: 4711,
  path: ["a1b2c3", "d4e5f6"],
  checkpoint:
    "tietovirta/0193a1f2-77aa-7c00-8000-0123456789ab\n4712\nq83vEjRWeJA=\n\n— tietovirta q83vEjRWeJASNFZ4kKvN7w==\n",
};
const LABELS: CertificateLabels = {
  categories: {
    name: "nimi",
    email: "s-posti",
    phone: "puhelinnumero",
    identityCode: "henkilötunnus",
    invoices: "laskut",
    billingAddress: "Laskutusosoite",
    orders: "Tilaukset ja toimitukset",
  },
  registers: { customers: "Asiakasrekisteri", invoices: "Laskutusrekisteri" },
  rules: {
    customerData: "Asiakkaan tiedot",
    identityCode: "Henkilötunnus",
    vouchers: "Kirjanpitolaki.",
    warranty: "Takuu ja virhevastuu.",
  },
};

for (const language of languages)
  test(`the certificate is printed as it was (${language})`, () => {
    const printed = certificatePage(EXAMPLE, PROOF, LABELS, language);
    const file = join(golden, `example.certificate.${language}.html`);
    if (process.env.GOLDEN === "write") {
      mkdirSync(golden, { recursive: true });
      writeFileSync(file, printed);
    }
    assert.equal(printed, readFileSync(file, "utf8"));
  });

test("the JSON is the certificate itself with its proof beside it", () => {
  assert.deepEqual(JSON.parse(certificateJson(EXAMPLE, PROOF)), { certificate: EXAMPLE, proof: PROOF });
});

test("nothing in it becomes markup, and it asks nothing of the network", () => {
  const evil = "<script>x</script>";
  const page = certificatePage(
    { ...EXAMPLE, controller: evil, outOfReach: [{ to: evil, categories: [evil], last: "2026-01-01" }] },
    PROOF,
    LABELS,
    "en",
  );
  assert.ok(!page.includes("<script"));
  assert.ok(!/(src|href)=/.test(page));
});

test("where nothing is kept, copied or told, and the log has not signed yet, it says so", () => {
  const bare = certificatePage({ ...EXAMPLE, kept: [], copies: [], outOfReach: [], erased: [] }, null, LABELS, "en");
  for (const sentence of [
    "No other data",
    "There are no copies",
    "No data has been moved outside",
    "within a few minutes",
    "no keys of its own",
  ])
    assert.ok(bare.includes(sentence), sentence);
});
