import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { languages } from "../values/Language.ts";
import { findPersonalIdentityCodes } from "../values/PersonalIdentityCode.ts";
import { type InvoiceToPrint, invoicePage } from "./invoice.ts";

const COMPLETE: InvoiceToPrint = {
  number: "2026000123",
  issuedOn: "2026-11-22",
  deliveredOn: "2026-11-20",
  dueOn: "2026-12-07",
  paidOn: null,
  reference: "20260001230",
  referenceShown: "2 02600 01230",
  missing: [],
  seller: {
    name: "Tikkapaja Oy",
    businessId: "2643821-1",
    vatId: "FI26438211",
    street: "Mallikuja 3",
    postalCode: "00100",
    town: "Helsinki",
    country: "FI",
    email: "lasku@example.fi",
    phone: null,
    iban: "FI2112345600000785",
    vatRegistered: true,
  },
  buyer: { name: "Maija Malli", street: "Kuvakatu 1", postalCode: "90100", town: "Oulu", country: "FI" },
  rows: [
    {
      description: "Ikkuna",
      quantity: 2.5,
      unitPriceCents: 4000,
      vatClass: "standard",
      permille: 255,
      netCents: 10000,
    },
  ],
  priceIncludesVat: false,
  byRate: [{ vatClass: "standard", permille: 255, baseCents: 10000, vatCents: 2550 }],
  netCents: 10000,
  vatCents: 2550,
  totalCents: 12550,
  others: [],
};

/** Tags away, spaces made one: what a person reads. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("an invoice holds everything that section 209 e asks, in each language", () => {
  for (const language of languages) {
    const text = textOf(invoicePage(COMPLETE, language));
    const said = [
      ...["2026000123", "2643821-1", "FI26438211", "Tikkapaja Oy", "Mallikuja 3", "00100 HELSINKI"],
      ...["Maija Malli", "Kuvakatu 1", "90100 OULU", "Ikkuna", "2 02600 01230", "FI21 1234 5600 0007 85"],
      // Bank barcode, version 4: account, amount, reference, due day.
      "421123456000007850001255000000000000020260001230261207",
      ...(language === "en"
        ? ["22 Nov 2026", "20 Nov 2026", "7 Dec 2026", "2.5", "€40.00", "25.5%", "€100.00", "€25.50", "€125.50"]
        : ["22.11.2026", "20.11.2026", "7.12.2026", "2,5", "40,00 €", "25,5 %", "100,00 €", "25,50 €", "125,50 €"]),
    ];
    for (const one of said) assert.ok(text.includes(one), `${language}: ${one} is not on the invoice`);
  }
});

test("what the description does not know is said first, and only then", () => {
  const unknown = {
    ...COMPLETE,
    missing: ["businessId", "address", "iban", "vatRegistered", "buyerName", "buyerAddress"],
  };
  const seller = { ...COMPLETE.seller, iban: null };
  assert.match(
    textOf(invoicePage({ ...unknown, seller }, "fi")),
    /^ \S+ \S+ Lasku ei ole täydellinen, eikä sitä saa lähettää\. Puuttuu: myyjän Y-tunnus, myyjän osoite/u,
  );
  assert.match(textOf(invoicePage(unknown, "sv")), /Fakturan är inte fullständig och får inte sändas/);
  assert.match(
    textOf(invoicePage(unknown, "en")),
    /not complete and not to be sent\. Missing: the seller&#39;s business ID/,
  );
  assert.doesNotMatch(invoicePage(COMPLETE, "fi"), /class="incomplete"/);
});

test("a price with VAT is shown with and without it", () => {
  const rows = [
    { description: "Ovi", quantity: 1, unitPriceCents: 12550, vatClass: "standard", permille: 255, netCents: 10000 },
  ];
  const text = textOf(invoicePage({ ...COMPLETE, rows, priceIncludesVat: true }, "fi"));
  assert.match(text, /Ovi 1 100,00 € 125,50 € 25,5 % 100,00 €/);
});

test("a seller that is not registered and a sale without VAT say so", () => {
  const byRate = [{ vatClass: "zero", permille: 0, baseCents: 10000, vatCents: 0 }];
  const zero = textOf(invoicePage({ ...COMPLETE, byRate }, "fi"));
  assert.match(zero, /veroton myynti/);
  const seller = { ...COMPLETE.seller, vatRegistered: false };
  assert.match(textOf(invoicePage({ ...COMPLETE, byRate, seller }, "sv")), /Säljaren är inte momsskyldig/);
});

test("buyer and rows that may not be seen are absent, and the page says so", () => {
  const { buyer, rows, ...clear } = COMPLETE;
  assert.ok(buyer && rows);
  const text = textOf(invoicePage(clear, "fi"));
  assert.doesNotMatch(text, /Maija|Ikkuna/);
  assert.match(text, /eivät näy tällä käyttöoikeudella/);
});

const CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const identityCode = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    sign: fc.constantFrom("-", "A", "Y", "+"),
    number: fc.integer({ min: 2, max: 999 }),
  })
  .map(({ day, month, year, sign, number }) => {
    const date = [day, month, year].map((part) => String(part).padStart(2, "0")).join("");
    const individual = String(number).padStart(3, "0");
    return `${date}${sign}${individual}${CHECK[Number(date + individual) % 31]}`;
  });

test("no personal identity code stands on an invoice, wherever somebody wrote one", () => {
  const around = fc.constantFrom("", " ", "asiakas ", " / ");
  fc.assert(
    fc.property(identityCode, around, fc.constantFrom(...languages), (code, before, language) => {
      const text = `${before}${code}`;
      assert.equal(findPersonalIdentityCodes(text).filter(({ certain }) => certain).length, 1);
      const html = invoicePage(
        {
          ...COMPLETE,
          buyer: { name: text, street: text, postalCode: "90100", town: text, country: "FI", businessId: text },
          rows: [{ ...(COMPLETE.rows?.[0] ?? assert.fail()), description: text }],
          others: [{ label: text, value: text }],
        },
        language,
      );
      assert.ok(!html.toUpperCase().includes(code), "an identity code is on the page");
    }),
    { numRuns: 200 },
  );
});

test("what a person wrote is text, never markup", () => {
  const nasty = `<script>alert("x")</script>`;
  const html = invoicePage({ ...COMPLETE, buyer: { name: nasty }, others: [{ label: nasty, value: nasty }] }, "en");
  assert.doesNotMatch(html, /<script/);
});
