// The erasure certificate as a page and as JSON: what went, when, with which keys, what remains and until when, and how anybody checks it
// without us. Pure, from the values that the erasure left; no value of the person is in it.
import { dayInHelsinki, formatDay, isDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { CERTIFICATE_STYLE } from "./certificateStyle.ts";
import { certificateWords, isCopyKind } from "./certificateWords.ts";
import { page, escape as safe } from "./html.ts";
import { hasRightsWord, rightsWords } from "./rightsWords.ts";
import { insideSentence, joined } from "./say.ts";
import { words } from "./words.ts";

/** Moments are ISO 8601, days YYYY-MM-DD; registers, categories, rules and recipients are ids of the description. */
export type Certificate = {
  id: string;
  installation: string;
  controller: string;
  subject: string;
  issuedAt: string;
  erased: readonly {
    register: string;
    categories: readonly string[];
    rule: string;
    rowsGoneAt: string;
    /** null: the keys wait for a disk that takes the change. */
    keysDestroyedAt: string | null;
    keyIds: readonly string[];
  }[];
  /** The keyring's epoch after the keys went. */
  epoch: number;
  /** `reason`: a code of locales/<language>/rights.json; `rule`: whose ground it is. `until` null: until the reason has ended. */
  kept: readonly {
    register: string;
    categories: readonly string[];
    until: string | null;
    reason: string;
    rule?: string;
  }[];
  /** `what`: a kind of locales/<language>/certificate.json (copy.…) or words. */
  copies: readonly { what: string; goneBy: string }[];
  /** GDPR Art. 19: to whom it was disclosed and who are to be told. */
  outOfReach: readonly Moved[];
  /** What moved to another register of this program, where the erasure reaches by itself. Older certificates do not tell it. */
  within?: readonly Moved[];
};
type Moved = { to: string; categories: readonly string[]; last: string };

/** RFC 6962 inclusion of the event that wrote the certificate's hash down; `path` and `hash` in hex, `checkpoint` a C2SP signed note. */
export type CertificateProof = { hash: string; index: number; path: readonly string[]; checkpoint: string };

/** The company's own labels, by id; what has left the description is shown by its id. */
export type CertificateLabels = Readonly<
  Record<"categories" | "registers" | "rules", Readonly<Record<string, string>>>
>;

/** What is kept for a reason, where an older certificate leaves it unnamed. */
const NAMELESS: Readonly<Record<string, readonly string[]>> = { consentProof: ["consentProof"], ban: ["marketingBan"] };

/** How the certificate is checked: printed as it is typed. */
export const VERIFY = "node verify.mjs --certificate certificate.json --key key.txt";

/** The same certificate for machines and for `verify.mjs`. */
export const certificateJson = (certificate: Certificate, proof: CertificateProof | null): string =>
  `${JSON.stringify({ certificate, proof }, null, 2)}\n`;

/** `proof` is null until the event is in a signed checkpoint. */
export function certificatePage(
  certificate: Certificate,
  proof: CertificateProof | null,
  labels: CertificateLabels,
  language: Language,
): string {
  const w = certificateWords(language);
  const rights = rightsWords(language);
  const of = (kind: keyof CertificateLabels, id: string) =>
    Object.hasOwn(labels[kind], id) ? (labels[kind][id] ?? id) : id;
  const category = (id: string) => (hasRightsWord(`category.${id}`) ? rights(`category.${id}`) : of("categories", id));
  const register = (id: string) => (hasRightsWord(`register.${id}`) ? rights(`register.${id}`) : of("registers", id));
  const say = words(language);
  const categories = (ids: readonly string[]) =>
    joined(
      ids.map((id, n) => (n === 0 ? category(id) : insideSentence(category(id)))),
      say("list.and"),
      say,
    );
  const reason = (code: string, rule: string | undefined) => {
    const ground = rule === undefined ? undefined : labels.rules[rule];
    const said = hasRightsWord(code) ? rights(code) : code;
    // That the rule keeps it says no more than the rule's own ground.
    return ground === undefined ? said : code === "keptByRule" ? ground : `${said} ${ground}`;
  };
  const day = (iso: string) => formatDay(isDay(iso) ? iso : dayInHelsinki(new Date(iso)), language);
  const columns = (...keys: readonly string[]) => keys.map((key) => w(key));
  const { erased, kept, copies, outOfReach, within = [] } = certificate;
  const moved = (lines: readonly Moved[]) =>
    table(
      columns("outside.column.to", "erased.column.what", "outside.column.last"),
      lines.map(({ to, categories: ids, last }) => [to, categories(ids), day(last)]),
    );
  const keyIds = erased.flatMap((one) => one.keyIds);

  const sections = [
    section(
      w("erased.heading"),
      table(
        columns(
          "erased.column.register",
          "erased.column.what",
          "erased.column.rule",
          "erased.column.rows",
          "erased.column.keys",
        ),
        erased.map(({ register: id, categories: ids, rule, rowsGoneAt, keysDestroyedAt }) => [
          register(id),
          categories(ids),
          of("rules", rule),
          day(rowsGoneAt),
          keysDestroyedAt === null ? w("erased.pending") : day(keysDestroyedAt),
        ]),
      ),
    ),
    section(
      w("kept.heading"),
      kept.length === 0
        ? paragraph(w("kept.none"))
        : table(
            columns("erased.column.register", "erased.column.what", "kept.column.until", "kept.column.reason"),
            kept.map(({ register: id, categories: ids, until, reason: code, rule }) => [
              register(id),
              categories(ids.length > 0 ? ids : (NAMELESS[code] ?? [])),
              until === null ? w("kept.open") : day(until),
              reason(code, rule),
            ]),
          ),
    ),
    section(
      w("outside.heading"),
      (within.length === 0 ? "" : paragraph(w("within.lead")) + moved(within)) +
        (outOfReach.length === 0 ? paragraph(w("outside.none")) : paragraph(w("outside.lead")) + moved(outOfReach)),
    ),
    section(
      w("copies.heading"),
      copies.length === 0
        ? paragraph(w("copies.none"))
        : paragraph(w("copies.lead")) +
            table(
              columns("copies.column.what", "copies.column.goneBy"),
              copies.map(({ what, goneBy }) => [isCopyKind(what) ? w(`copy.${what}`) : what, day(goneBy)]),
            ),
    ),
    section(
      w("keys.heading"),
      keyIds.length === 0
        ? paragraph(w("keys.none"))
        : `${paragraph(w("keys.lead"))}<p class="hex">${keyIds.map(safe).join(" ")}</p>`,
    ),
    section(
      w("check.heading"),
      definitions([
        [w("fact.id"), certificate.id],
        [w("fact.installation"), certificate.installation],
        [w("fact.epoch"), String(certificate.epoch)],
      ]) + checking(proof, language),
    ),
  ];
  const facts: (readonly [string, string])[] = [
    [w("fact.controller"), certificate.controller],
    [w("fact.subject"), certificate.subject],
    [w("fact.issuedAt"), day(certificate.issuedAt)],
  ];
  const body = `<header>
<h1>${safe(w("title"))}</h1>
${definitions(facts)}${paragraph(w("lead"))}
</header>
<main>
${sections.join("\n")}
</main>`;
  return page({ title: `${w("title")} – ${certificate.controller}`, lang: language, body, style: CERTIFICATE_STYLE });
}

function checking(proof: CertificateProof | null, language: Language): string {
  const w = certificateWords(language);
  if (proof === null) return paragraph(w("check.waiting"));
  return `${paragraph(w("check.lead"))}<pre>${safe(VERIFY)}</pre>
${definitions([
  [w("check.event"), proof.hash],
  [w("check.index"), String(proof.index)],
  [w("check.path"), w("check.pathIs", { count: proof.path.length })],
])}${paragraph(w("check.checkpoint"))}<pre>${safe(proof.checkpoint)}</pre>`;
}

const paragraph = (text: string): string => `<p>${safe(text)}</p>\n`;
const section = (heading: string, inner: string): string => `<section>\n<h2>${safe(heading)}</h2>\n${inner}</section>`;
const definitions = (facts: readonly (readonly [string, string])[]): string =>
  `<dl class="facts">${facts.map(([term, value]) => `<dt>${safe(term)}</dt><dd>${safe(value)}</dd>`).join("\n")}</dl>\n`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${safe(column)}</th>`).join("");
  const body = rows.map((cells) => {
    const inner = cells.map((cell, n) => (n === 0 ? `<th scope="row">${safe(cell)}</th>` : `<td>${safe(cell)}</td>`));
    return `<tr>${inner.join("")}</tr>`;
  });
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table></div>\n`;
}
