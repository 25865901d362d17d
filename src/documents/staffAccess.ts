// The access package of somebody who uses the register, as a page they can read (GDPR Art. 12(1), 15): pure, from the package to HTML.
import { dayInHelsinki, formatDay, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import type { Labels } from "./access.ts";
import { page, escape as safe } from "./html.ts";
import { hasRightsWord, rightsWords } from "./rightsWords.ts";

type Act = {
  at: string;
  roles: readonly string[];
  verb: string;
  register: string;
  purpose: string | null;
  categories: readonly string[];
  decision: string;
  people: number;
};
export type StaffPage = {
  subject: string;
  madeAt: string;
  description: { version: string; hash: string };
  controller: string;
  account: {
    name: string;
    login: string;
    roles: readonly { label: string; at: string }[];
    createdAt: string;
    closedAt: string | null;
    endsOn: string | null;
    passwordAt: string | null;
  } | null;
  passkeys: readonly { label: string; createdAt: string }[];
  secondFactor: { since: string; codesLeft: number } | null;
  outside: readonly { issuer: string; name: string; createdAt: string }[];
  sessions: readonly { device: string; startedAt: string; seenAt: string; endsAt: string }[];
  views: readonly { name: string; createdAt: string }[];
  did: readonly Act[];
  about: readonly (Act & { system: boolean })[];
  more: boolean;
  purpose: { why: string; basis: string } | null;
};

export function staffPage(data: StaffPage, labels: Labels, language: Language): string {
  const w = rightsWords(language);
  const word = (key: string, id: string) => (hasRightsWord(`${key}.${id}`) ? w(`${key}.${id}`) : id);
  const label = (kind: keyof Labels, id: string) => (Object.hasOwn(labels[kind], id) ? (labels[kind][id] ?? id) : id);
  const day = (iso: string) => formatDay(dayInHelsinki(new Date(iso)), language);
  const moment = (iso: string) => `${day(iso)} ${clock(iso)}`;
  const deed = ({ verb, register, decision }: Act) =>
    [
      word("staff.verb", verb),
      Object.hasOwn(labels.registers, register) ? label("registers", register) : word("staff.register", register),
      decision === "refused" ? w("staff.refused") : "",
    ]
      .filter((part) => part !== "")
      .join(", ");
  const what = (act: Act) => act.categories.map((id) => label("categories", id)).join(", ");
  const roles = (ids: readonly string[]) => ids.map((id) => label("roles", id)).join(", ");

  const { account } = data;
  const own =
    account === null
      ? paragraph(w("staff.noAccount"))
      : list([
          [w("staff.name"), account.name],
          [w("staff.login"), account.login],
          [w("staff.roles"), account.roles.map((role) => `${role.label} (${day(role.at)})`).join(", ")],
          [w("staff.created"), day(account.createdAt)],
          ...(account.endsOn === null
            ? []
            : [[w("staff.endsOn"), formatDay(parseDay(account.endsOn), language)] as const]),
          ...(account.closedAt === null ? [] : [[w("staff.closed"), day(account.closedAt)] as const]),
          ...(account.passwordAt === null
            ? []
            : [[w("staff.password"), w("staff.passwordAt", { day: day(account.passwordAt) })] as const]),
          ...data.passkeys.map((one) => [w("staff.passkeys"), `${one.label} (${day(one.createdAt)})`] as const),
          ...data.views.map((one) => [w("staff.views"), `${one.name} (${day(one.createdAt)})`] as const),
          ...(data.secondFactor === null
            ? []
            : [
                [
                  w("staff.secondFactor"),
                  w("staff.secondFactorSince", {
                    day: day(data.secondFactor.since),
                    left: data.secondFactor.codesLeft,
                  }),
                ] as const,
              ]),
          ...data.outside.map((one) => [w("staff.outside"), `${one.name} (${one.issuer})`] as const),
        ]);
  const sessions = data.sessions.map((one) => [one.device, ...[one.startedAt, one.seenAt, one.endsAt].map(moment)]);
  const did = data.did.map((act) => [
    moment(act.at),
    roles(act.roles),
    deed(act),
    act.purpose === null ? "" : label("purposes", act.purpose),
    what(act),
    act.people === 0 ? "" : String(act.people),
  ]);
  const about = data.about.map((act) => [
    moment(act.at),
    act.system ? w("access.program") : roles(act.roles),
    deed(act),
  ]);
  const columns = (...keys: readonly string[]) => keys.map((key) => w(`column.${key}`));
  const sections = [
    section(w("staff.account"), own),
    data.purpose === null
      ? ""
      : section(
          w("access.purposes"),
          paragraph(`${data.purpose.why} ${w("staff.basis", { basis: data.purpose.basis })}`),
        ),
    sessions.length === 0
      ? ""
      : section(w("staff.sessions"), table(columns("device", "since", "last", "until"), sessions)),
    section(
      w("staff.did"),
      did.length === 0
        ? paragraph(w("staff.didNothing"))
        : table(columns("when", "role", "what", "purpose", "categories", "people"), did),
    ),
    about.length === 0 ? "" : section(w("staff.about"), table(columns("when", "role", "what"), about)),
    data.more ? paragraph(w("staff.more")) : "",
  ];
  const facts = [
    [w("access.controller"), data.controller],
    [w("access.madeAt"), day(data.madeAt)],
    [w("access.subject"), data.subject],
    [w("access.description"), `${data.description.version} (${data.description.hash.slice(0, 12)})`],
  ] as const;
  const title = w("access.title");
  const body = `<header>
<h1>${safe(title)}</h1>
${list(facts)}<p class="warning">${safe(w("access.safely"))}</p>
</header>
<main>
${sections.filter((part) => part !== "").join("\n")}
</main>`;
  return page({ title, lang: language, body });
}

const clock = (iso: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Helsinki", hour: "2-digit", minute: "2-digit" }).format(
    new Date(iso),
  );

const section = (heading: string, inner: string) => `<section><h2>${safe(heading)}</h2>\n${inner}</section>`;
const paragraph = (text: string) => `<p>${safe(text)}</p>\n`;
const list = (facts: readonly (readonly [string, string])[]) =>
  `<dl class="facts">${facts.map(([term, value]) => `<dt>${safe(term)}</dt><dd>${safe(value)}</dd>`).join("")}</dl>\n`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${safe(column)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((text) => `<td>${safe(text)}</td>`).join("")}</tr>`);
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>\n`;
}
