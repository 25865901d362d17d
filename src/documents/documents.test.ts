import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "../description/parse.ts";
import { Description } from "../description/schema.ts";
import { ControlName, UNKNOWN } from "../description/terms.ts";
import { languages } from "../values/Language.ts";
import { dataflow } from "./dataflow.ts";
import { forPaper } from "./flowPicture/palette.ts";
import { drawnPicture } from "./flowPicture/picture.ts";
import { write } from "./flowPicture/tree.ts";
import { escape as escaped, html, page } from "./html.ts";
import { markdown } from "./markdown.ts";
import type { PrintedDocument, Printing, ProofState } from "./model.ts";
import { notice } from "./notice.ts";
import { record } from "./record.ts";
import { formNotice } from "./short.ts";
import { staffNotice } from "./staffNotice.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string): Description => {
  const parsed = parse(readFileSync(join(root, `descriptions/${name}.yaml`), "utf8"));
  assert.ok(parsed.description, name);
  return parsed.description;
};
const walttia = read("walttia");
const [pyorapaja, valokuvaamo] = [read("pyorapaja"), read("valokuvaamo")];
const companies = [walttia, pyorapaja, valokuvaamo];
const documents = { dataflow, notice, record, staff: staffNotice };
const kinds = ["dataflow", "notice", "record", "staff"] as const;

const printing = (states: Partial<Record<ControlName, ProofState>> = {}): Printing => ({
  hash: "3f786850e387550fdab836ed7e6dc881de23001b",
  date: "2026-11-22T10:00:00Z",
  inForceAt: "2026-11-01T06:00:00Z",
  proofs: proofs(states),
  inUse: { registers: ["customers", "invoices"], channels: ["internal"], routesNotInUse: [] },
});
function proofs(states: Partial<Record<ControlName, ProofState>>): Printing["proofs"] {
  const of = (name: ControlName) => {
    const state = states[name] ?? "proven";
    return { state, at: state === "notYet" ? null : "2026-11-22T01:00:00Z" };
  };
  return {
    accessByRole: of("accessByRole"),
    categoriesByRole: of("categoriesByRole"),
    purposeByRole: of("purposeByRole"),
    declaredSources: of("declaredSources"),
    declaredFlows: of("declaredFlows"),
    secureChannel: of("secureChannel"),
    sealedValues: of("sealedValues"),
    auditBeforeAnswer: of("auditBeforeAnswer"),
    identityCodeGround: of("identityCodeGround"),
    consentRecorded: of("consentRecorded"),
    retentionRun: of("retentionRun"),
    erasureOnRequest: of("erasureOnRequest"),
    accessPackage: of("accessPackage"),
    restrictionHides: of("restrictionHides"),
    ownPassword: of("ownPassword"),
    systemsRisk: of("systemsRisk"),
    restoreDrill: of("restoreDrill"),
    requestsInTime: of("requestsInTime"),
    ownCard: of("ownCard"),
    twoFactors: of("twoFactors"),
  };
}
const statementsOf = (document: PrintedDocument) => document.sections.flatMap(({ statements }) => statements);
const section = (document: PrintedDocument, id: string): string => {
  const found = document.sections.find((each) => each.id === id);
  assert.ok(found, id);
  return found.statements.map(({ term = "", text }) => `${term} ${text}`).join("\n");
};

test("every element of a description stands in its data-flow description", () => {
  for (const description of companies) {
    const parts = [
      "sources",
      "subjects",
      "purposes",
      "consents",
      "systems",
      "categories",
      "registers",
      "roles",
      "processors",
      "flows",
      "retention",
      "holds",
      "rights",
      "measures",
      "jointControllers",
      "events",
    ] as const;
    const places = parts.flatMap((part) => Object.keys(description[part]).map((id) => `${part}.${id}`));
    const permissions = Object.entries(description.roles).flatMap(([id, role]) =>
      role.may.map((_, n) => `roles.${id}.may.${n}`),
    );
    const channels = description.channelPermissions.map((_, n) => `channelPermissions.${n}`);
    const once = [
      "controller",
      "responsiblePerson",
      "deputy",
      "notice",
      ...(description.banList ? ["banList"] : []),
      ...(description.requests ? ["requests", "requests.kept"] : []),
      ...(description.warranty ? ["warranty"] : []),
    ];
    const wanted = [...places, ...permissions, ...channels, ...once];
    assert.ok(wanted.length > 50);
    const said = new Set(statementsOf(dataflow(description, printing(), "fi")).map(({ place }) => place));
    assert.deepEqual(
      wanted.filter((place) => !said.has(place)),
      [],
      description.controller.name,
    );
  }
});

test("the headings are the company's page's own, in its order", () => {
  const headings = dataflow(walttia, printing(), "fi").sections.map(({ heading }) => heading);
  assert.deepEqual(headings.slice(0, 16), [
    "Tietolähteet",
    "Käsittelyperuste",
    "Suostumus",
    "Tietojärjestelmä",
    "Saatava tieto",
    "Sijainti",
    "Missä tietoja käsitellään",
    "Miksi tietoja käsitellään",
    "Miten tietoja käsitellään",
    "Mitä rekistereitä tiedoista syntyy",
    "Rekisterinpitäjä",
    "Henkilötietojen käsittelijät",
    "Miten ja milloin tietoja poistetaan",
    "Miten tiedot on suojattu",
    "Tietosuojaseloste",
    "Vastuuhenkilö",
  ]);
});

/** The facts of the company's earlier page, by the heading they stand under. */
const FACTS: Record<string, RegExp[]> = {
  sources: [
    /Sähköposti/,
    /Henkilökohtainen tapaaminen/,
    /Verkkolomake/,
    /Arvonnat ja kilpailut/,
    /Puhelin/,
    /Suositukset/,
  ],
  legalBasis: [/Asiakassuhteen hoito/, /sopimus/, /lakisääteinen velvoite/],
  consent: [/tuotteiden ja palvelujen toimittaminen/, /tarjoukset ja neuvonta/, /kirjanpito/],
  systems: [
    /Toiminnanohjausjärjestelmä/,
    /Laskutusohjelma/,
    /Sähköposti/,
    /Manuaalinen henkilökohtainen kalenteri/,
    /Sähköinen henkilökohtainen kalenteri/,
    /Sopimuskansiot/,
  ],
  collected: [/Nimi/, /Sähköpostiosoite/, /Puhelinnumero/, /Laskutusosoite/, /Toimitusosoite/, /Henkilötunnus/],
  location: [
    /Toiminnanohjausjärjestelmä Tiedot ovat palveluntarjoajan palvelimella Suomessa/,
    /Laskutusohjelma Tiedot ovat palveluntarjoajan palvelimella Euroopan talousalueella/,
    /Sähköposti Tiedot ovat palveluntarjoajan palvelimella Euroopan talousalueella/,
    /Manuaalinen henkilökohtainen kalenteri .*työntekijän hallussa.*vain matalan riskin tietoja/,
    /Sähköinen henkilökohtainen kalenteri Tiedot ovat palveluntarjoajan palvelimella Euroopan talousalueella/,
    /manuaaliset aineistot .*rekisterinpitäjän lukitut toimitilat/,
  ],
  where: [
    /toimitiloissa/,
    /markkinointiosasto/,
    /myyntiosasto/,
    /laskutusosasto/,
    /sähköpostilla.*vain matalan riskin tietoja/,
    /Arkaluontoiset tiedot kirjanpitäjälle.*salattuna turvapostilla/,
  ],
  why: [
    /Asiakkuuden mahdollistaminen ja ylläpito/,
    /sopimusten noudattaminen/,
    /Lakisääteisten velvoitteiden hoitaminen/,
    /Palvelujen tuottamisen mahdollistaminen/,
  ],
  how: [/Toiminnanohjausjärjestelmästä laskutukseen.*sähköisesti/, /sähköpostilla/, /käsin/],
  registers: [/Asiakasrekisteri/, /Laskutusrekisteri/, /Sopimusrekisteri/, /Sähköpostirekisteri/],
  controller: [/Walttia Oy/, /2643821-1/],
  processors: [/Walttia Oy/, /hallinto/, /myynti/, /Kirjanpitotoimisto Walttia Oy:n kirjanpitoa hoitavat henkilöt/],
  ending: [
    /takuuaika, yleensä 5 vuotta toimituksesta/,
    /tutustua yrityksen hallussa oleviin omiin henkilötietoihin/,
    /korjausta virheellisiin tai puutteellisiin tietoihin/,
    /suostumus peruutetaan eikä muuta perustetta ole/,
    /vastustetaan eikä sille ole hyväksyttävää syytä/,
    /suoramarkkinointia/,
  ],
  safety: [
    /palomuuri/,
    /virustorjunta/,
    /tunkeutumistorjunta/,
    /kirjaudutaan.*käyttöoikeus/,
    /henkilökohtaisilla salasanoilla/,
    /lukituissa toimitiloissa/,
    /rajattu määrä henkilöitä/,
  ],
  notice: [/Tietosuojaseloste on tämän kuvauksen liitteenä/],
  responsible: [/Walttia Oy, Piia Vuorio/],
};
test("every fact of the earlier page stands under its heading in the Finnish print", () => {
  const document = dataflow(walttia, printing(), "fi");
  assert.equal(document.title, "Asiakasrekisteri – tietovirtakuvaus");
  for (const [id, facts] of Object.entries(FACTS)) {
    const text = section(document, id);
    for (const fact of facts) assert.match(text, fact, id);
  }
});

test("nothing raw shows through, in any document, company or language", () => {
  let pages = 0;
  for (const description of companies)
    for (const language of languages)
      for (const kind of kinds) {
        const document = documents[kind](
          description,
          printing({ retentionRun: "failed", sealedValues: "notYet" }),
          language,
        );
        const texts = [
          document.title,
          ...document.summary,
          ...[...document.facts, ...document.legend].flatMap(({ label, value }) => [label, value]),
          ...statementsOf(document).flatMap(({ term = "", text, added = "", kept }) => [
            term,
            text,
            added,
            kept?.words ?? "",
          ]),
          ...document.sections.flatMap(({ heading, lead = "", tables }) => [
            heading,
            lead,
            ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.flat())),
          ]),
        ];
        for (const text of texts)
          assert.doesNotMatch(
            text,
            /[{}]|\[object|undefined|\bnull\b|NaN|\bunknown\b|[a-zåäö][A-Z][a-z]|\.\.|\s{2}|^\s|[ ][,.;]/,
            `${kind} ${language}: ${text}`,
          );
        pages++;
      }
  assert.equal(pages, 36);
});

test("what is unknown is said to be, and listed once at the end", () => {
  const unknown: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (value === UNKNOWN) unknown.push(path);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`);
  };
  walk(walttia, "");
  assert.ok(unknown.length > 10);
  const document = dataflow(walttia, printing(), "fi");
  assert.equal(document.ready, false);
  const listed = document.sections.find(({ id }) => id === "missing")?.statements.map(({ place }) => place) ?? [];
  assert.deepEqual([...listed].sort(), [...unknown].sort());
  for (const statement of statementsOf(document).filter((each) => each.unknown))
    assert.match(`${statement.text}`, /ei vielä tiedossa/i);
});

test("what the earlier page did not say carries its reason", () => {
  const added: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value))
      if (key === "added" && inner !== undefined) added.push(path);
      else walk(inner, path === "" ? key : `${path}.${key}`);
  };
  walk(walttia, "");
  assert.ok(added.length > 20);
  const marked = new Set(
    statementsOf(dataflow(walttia, printing(), "fi")).flatMap(({ place, added: why }) => (why ? [place] : [])),
  );
  assert.deepEqual(
    added.filter((place) => !marked.has(place)),
    [],
  );
});

test("a failed control turns its own statements red and no others", () => {
  const marks = (document: PrintedDocument) =>
    statementsOf(document).flatMap(({ id, kept }) => (kept?.how === "enforced" ? [{ id, kept }] : []));
  const { invoicing } = walttia.roles;
  assert.ok(invoicing);
  const asking = {
    ...walttia,
    roles: { ...walttia.roles, invoicing: { ...invoicing, signIn: "twoFactors" as const } },
  };
  let red = 0;
  for (const name of ControlName.options) {
    if (name === "secureChannel") continue; // no channel of that kind in this build: its statements lie outside
    const before = marks(dataflow(asking, printing(), "fi"));
    const after = marks(dataflow(asking, printing({ [name]: "failed" }), "fi"));
    const own = before.filter(({ kept }) => kept.controls.some((control) => control.name === name)).map(({ id }) => id);
    const failed = after.filter(({ kept }) => kept.state === "failed");
    assert.ok(own.length > 0, name);
    assert.deepEqual(
      failed.map(({ id }) => id),
      own,
      name,
    );
    for (const { kept } of failed) assert.match(kept.words, /^Tarkastus epäonnistui/);
    assert.equal(
      html(dataflow(asking, printing({ [name]: "failed" }), "fi")).match(/class="kept failed"/g)?.length,
      own.length,
    );
    red += own.length;
  }
  assert.ok(red > 50);
});

test("a control that has never run is not called proven", () => {
  const states = Object.fromEntries(ControlName.options.map((name) => [name, "notYet" as const]));
  const document = dataflow(walttia, printing(states), "fi");
  for (const { kept } of statementsOf(document))
    if (kept?.how === "enforced") assert.match(kept.words, /Ei vielä todettu$/);
  assert.doesNotMatch(html(document), /class="kept proven"/);
});

test("a control with nothing to prove says so, and beside one that has something it is silent", () => {
  const alone = dataflow(walttia, printing({ identityCodeGround: "nothing" }), "fi");
  const said = statementsOf(alone).find(({ place }) => place === "categories.personalIdentityCode.grounds");
  assert.equal(said?.kept?.words, "Tietovirta valvoo: henkilötunnuksen peruste. Tässä kuvauksessa ei ole todettavaa");
  assert.match(html(alone), /class="kept nothing"/);
  assert.match(alone.summary.join(" "), /Yhdessä kohdassa ei ole todettavaa\.$/);

  const beside = dataflow(walttia, printing({ restrictionHides: "nothing" }), "en");
  const request = statementsOf(beside).find(({ place }) => place === "retention.customerCore.onRequest");
  assert.match(request?.kept?.words ?? "", /Proven/);
});

test("the people who use the register are told what is kept of them, who sees it, for how long and by what law", () => {
  const said = (language: "fi" | "sv" | "en", document = staffNotice(walttia, printing(), language)) =>
    statementsOf(document)
      .map(({ text }) => text)
      .join(" ");
  assert.match(said("fi"), /Lokimerkintä poistetaan, kun sen kirjaamisesta on kulunut 2 vuotta\./);
  assert.match(said("fi"), /lokia lukee vastuuhenkilö/);
  assert.match(said("fi"), /759\/2004, 21 §/);
  assert.match(said("sv"), /raderas när 2 år har gått/);
  assert.match(said("en"), /erased 2 years after it was written/);
  assert.equal(staffNotice(walttia, printing(), "fi").ready, false, "nobody has said when the staff were heard");

  const rows = record(walttia, printing(), "en").sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows));
  assert.deepEqual(
    rows.flatMap(({ place }) => (place.startsWith("staff") ? [place] : [])),
    ["staff", "staff", "staff.accounts", "staff.log"],
  );

  const { staff: _, ...silent } = walttia;
  assert.equal(staffNotice(silent, printing(), "fi").ready, false);
});

test("an inspector is told of as one who looks, changes nothing and leaves on a day; the staff know who sees them", () => {
  const role = (language: "fi" | "sv" | "en") =>
    statementsOf(dataflow(valokuvaamo, printing(), language)).find(({ place }) => place === "roles.inspector")?.text ??
    "";
  assert.match(
    role("fi"),
    /Tunnuksella on viimeinen käyttöpäivä\. Rooli näkee seuraavat eikä voi muuttaa niitä: .*käyttöloki/,
  );
  assert.match(role("sv"), /Kontot har en sista dag\. Rollen ser följande och kan inte ändra det: .*loggen/);
  assert.match(
    role("en"),
    /The account has a last day\. The role sees the following and cannot change them: .*the log/,
  );
  const told = statementsOf(dataflow(valokuvaamo, printing(), "sv")).map(({ text }) => text);
  assert.match(told.join(" "), /egna anställda i följande roller: Fotograf och assistent\./);

  const seen = (description: Description, language: "fi" | "sv") =>
    statementsOf(staffNotice(description, printing(), language))
      .map(({ text }) => text)
      .join(" ");
  assert.match(seen(valokuvaamo, "sv"), /Kontona ses av granskare\. .*loggen läses av Fotograf och granskare\./);
  assert.match(seen(pyorapaja, "fi"), /lokia lukee vastuuhenkilö ja tarkastaja/);
  assert.doesNotMatch(seen(pyorapaja, "fi"), /Tunnukset näkee/, "there the inspector does not see the accounts");
});

test("Tietovirta claims to enforce only what it holds itself", () => {
  const keptAt = (document: PrintedDocument, place: string) =>
    statementsOf(document).find((each) => each.place === place)?.kept?.how;
  const document = dataflow(walttia, printing(), "fi");
  const expected: Record<string, string> = {
    "flows.erpToInvoicing": "enforced",
    "flows.sensitiveToAccountant": "outside",
    "flows.toPaperCalendar": "outside",
    "flows.lowRiskByEmail": "outside",
    "systems.mailbox": "outside",
    "systems.erp.location": "declared",
    "systems.contractFolders.location": "declared",
    "retention.customerCore": "enforced",
    "retention.signedContracts": "outside",
    "retention.raffle": "declared",
    "roles.sales.may.0": "enforced",
    "measures.firewall": "declared",
    "measures.lockedPremises": "task",
    "categories.personalIdentityCode.grounds": "enforced",
    "rights.erasure": "enforced",
    "rights.complaint": "declared",
  };
  for (const [place, how] of Object.entries(expected)) assert.equal(keptAt(document, place), how, place);
  const base = printing();
  const withMail = dataflow(walttia, { ...base, inUse: { ...base.inUse, channels: ["internal", "secureMail"] } }, "fi");
  assert.equal(keptAt(withMail, "flows.sensitiveToAccountant"), "enforced");
  const empty = dataflow(
    walttia,
    { ...base, inUse: { ...base.inUse, registers: [], routesNotInUse: ["POST /api/raffles"] } },
    "fi",
  );
  assert.equal(keptAt(empty, "roles.sales.may.0"), "declared");
  assert.match(section(empty, "notInUse"), /POST \/api\/raffles/);
});

test("the notice tells what Art. 13 and 14 ask", () => {
  const document = notice(walttia, printing(), "fi");
  for (const purpose of Object.keys(walttia.purposes)) {
    const said = statementsOf(document).find(({ place }) => place === `purposes.${purpose}`);
    assert.match(said?.text ?? "", /Oikeusperuste on/, purpose);
  }
  const rights = section(document, "n.rights");
  for (const word of [
    "Tutustuminen",
    "oikaiseminen",
    "poistaminen",
    "rajoittaminen",
    "siirtäminen",
    "vastustaminen",
    "peruuttaminen",
    "Tietosuojavaltuutetun",
  ])
    assert.ok(rights.includes(word), word);
  assert.match(section(document, "n.sources"), /Suositukset Näitä tietoja ei saada rekisteröidyltä itseltään/);
  assert.match(section(document, "n.obligatory"), /Laki edellyttää tietoa/);
  assert.match(section(document, "n.automated"), /profilointia/);
  assert.match(section(document, "n.purposes"), /Tasapainotesti/);
  const rows = document.sections.flatMap(({ tables }) =>
    tables.flatMap((table) => table.rows.map(({ place }) => place)),
  );
  assert.deepEqual(rows, [...Object.keys(walttia.retention).map((id) => `retention.${id}`), "requests.kept"]);
  for (const statement of statementsOf(document)) assert.equal(statement.kept, undefined);
});

test("the record has the points a to g of Art. 30(1)", () => {
  const headings = record(walttia, printing(), "fi").sections.map(({ heading }) => heading.slice(0, 2));
  assert.deepEqual(headings.slice(0, 7), ["a)", "b)", "c)", "d)", "e)", "f)", "g)"]);
});

test("a form's short text names only what its source is for", () => {
  const raffle = formNotice(walttia, "raffle", "fi");
  assert.match(raffle.short.join(" "), /arvonnan tai kilpailun järjestäminen ja sähköinen suoramarkkinointi/);
  assert.doesNotMatch(raffle.short.join(" "), /laskutus[,.]/);
  assert.match(formNotice(walttia, "referral", "fi").short.join(" "), /Emme ole saaneet tietojasi sinulta itseltäsi/);
  const form = formNotice(walttia, "webForm", "fi");
  for (const word of [/rekisterinpitäjä on Walttia Oy/, /oikeusperusteet/, /poistamista/, /Tietosuojavaltuutetun/])
    assert.match(form.short.join(" "), word);
  assert.equal(form.spoken.length, 2);
  assert.equal(formNotice(walttia, "noSuchSource", "sv").spoken.length, 2);
});

test("text becomes neither markup nor script", () => {
  const evil = `<script>alert("x")</script> & 'y' | *z* [a](b) \u0060c\u0060`;
  const text = readFileSync(join(root, "descriptions/walttia.yaml"), "utf8").replaceAll("Walttia Oy", "PLACEHOLDER");
  const parsed = parse(text);
  assert.ok(parsed.description);
  const description = Description.parse(
    JSON.parse(JSON.stringify(parsed.description).replaceAll("PLACEHOLDER", JSON.stringify(evil).slice(1, -1))),
  );
  for (const kind of kinds) {
    const document = documents[kind](description, printing(), "fi");
    const out = html(document);
    assert.doesNotMatch(out, /<script/i);
    wellFormed(out);
    assert.doesNotMatch(markdown(document), /(?<!\\)<script/i);
  }
  assert.equal(escaped(`<a b="c">'&`), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
  assert.match(page({ title: "<x>", lang: "fi", body: "<p>y</p>" }), /<title>&lt;x&gt;<\/title>/);
});

/** Every element opened is closed, in order; attributes are quoted; no stray sign. */
function wellFormed(page: string): void {
  const open: string[] = [];
  const body = page.replace(/^<!DOCTYPE html>\n/, "").replace(/<style>[^<]*<\/style>/, "");
  const rest = body.replace(
    /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<]*")*)(\/?)>/g,
    (_, close: string, name: string, __, self: string) => {
      if (close) assert.equal(open.pop(), name);
      else if (!self) open.push(name);
      return "";
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>"]|&(?!amp;|lt;|gt;|quot;|#39;)/);
}
test("the pages are well formed, self-contained and without script", () => {
  for (const description of companies)
    for (const kind of kinds) {
      const out = html(documents[kind](description, printing(), "sv"));
      wellFormed(out);
      assert.match(out, /<html lang="sv">/);
      assert.doesNotMatch(out, /<script|<link|src=|url\(|@import|javascript:/i);
      assert.equal(out.match(/<h1/g)?.length, 1);
    }
});

const pictured = (description: Description, language = description.languages[0] ?? "fi") =>
  drawnPicture(description, {
    ...{ inUse: printing().inUse, language, orientation: "wide", palette: forPaper, period: null, id: "flows" },
  });

test("the prints are those that were reviewed (GOLDEN=write rewrites them)", async () => {
  const folder = join(root, "golden/documents");
  const prints: [string, string][] = kinds.flatMap((kind) =>
    languages.map((language): [string, string] => [
      `walttia.${kind}.${language}.md`,
      markdown(documents[kind](walttia, printing(), language)),
    ]),
  );
  const picture = await pictured(walttia);
  prints.push(["walttia.dataflow.fi.html", html(dataflow(walttia, { ...printing(), picture }, "fi"))]);
  for (const [name, description] of Object.entries({ walttia, pyorapaja, valokuvaamo }))
    prints.push([`${name}.flows.svg`, `${write((await pictured(description)).drawing)}\n`]);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of prints) {
    const path = join(folder, name);
    if (process.env.GOLDEN === "write") writeFileSync(path, text);
    else assert.equal(readFileSync(path, "utf8"), text, name);
  }
});
