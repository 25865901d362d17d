// How one request was handled, as a page to print: the proof that the person was answered, and when. Pure.
import { type Day, dayInHelsinki, daysBetween, formatDay, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { page, escape as safe } from "./html.ts";
import { rightsWords } from "./rightsWords.ts";

/** Ids are words of the closed lists (locales/<language>/rights.json); moments ISO 8601, days YYYY-MM-DD. */
export type RequestPage = {
  id: string;
  right: string;
  channel: string;
  state: string;
  name: string | null;
  receivedOn: string;
  dueOn: string;
  extensionReason: string | null;
  identityMethod: string | null;
  outcome: string | null;
  refusalGround: string | null;
  complaintTold: boolean | null;
  answeredOn: string | null;
  keptUntil: string | null;
  tasks: readonly {
    label: string;
    found: string | null;
    note: string | null;
    doneAt: string | null;
    doneBy: string | null;
  }[];
  history: readonly { step: string; at: string; by: string }[];
};

export function requestPage(
  data: RequestPage,
  { controller, language }: { controller: string; language: Language },
): string {
  const w = rightsWords(language);
  const day = (iso: string) => formatDay(parseDay(iso), language);
  const dayAt = (moment: string) => formatDay(dayInHelsinki(new Date(moment)), language);
  const due =
    data.extensionReason === null
      ? day(data.dueOn)
      : w("requestPage.dueExtended", {
          day: day(data.dueOn),
          reason: w(`request.extension.${data.extensionReason}`),
        });
  const outcome =
    data.outcome === null || data.answeredOn === null
      ? w("requestPage.open")
      : `${w(`request.outcome.${data.outcome}`, { day: day(data.answeredOn) })}. ${inTime(parseDay(data.answeredOn), parseDay(data.dueOn))}`;
  function inTime(answered: Day, last: Day): string {
    const days = daysBetween(last, answered);
    return days <= 0 ? w("requestPage.inTime") : w("requestPage.late", { days });
  }
  const facts: [string, string][] = [
    [w("requestPage.controller"), controller],
    [w("requestPage.number"), data.id],
    [w("requestPage.right"), w(`request.right.${data.right}`)],
    [w("requestPage.who"), data.name ?? w("requestPage.gone")],
    [w("requestPage.received"), `${day(data.receivedOn)} (${w(`request.channel.${data.channel}`)})`],
    [w("requestPage.due"), due],
    [
      w("requestPage.identity"),
      data.identityMethod === null ? w("requestPage.none") : w(`request.identity.${data.identityMethod}`),
    ],
    [w("requestPage.outcome"), outcome],
    ...(data.refusalGround === null
      ? []
      : [[w("requestPage.ground"), w(`request.refusal.${data.refusalGround}`)] as [string, string]]),
    // GDPR Art. 12(4) asks it of what was refused; elsewhere a "no" would tell of a fault that there is not.
    ...(data.complaintTold === null || !(data.outcome === "partly" || data.outcome === "refused")
      ? []
      : [
          [w("requestPage.complaint"), w(data.complaintTold ? "requestPage.yes" : "requestPage.no")] as [
            string,
            string,
          ],
        ]),
    ...(data.keptUntil === null
      ? []
      : [[w("requestPage.kept"), w("requestPage.until", { day: day(data.keptUntil) })] as [string, string]]),
  ];
  const columns = (...keys: readonly string[]) => keys.map((key) => w(`column.${key}`));
  const steps = data.history.map(({ step, at, by }) => [w(`request.step.${step}`), dayAt(at), by]);
  const tasks = data.tasks.map(({ label, found, note, doneAt, doneBy }) => [
    label,
    found === null ? w("requestPage.notDone") : w(found === "found" ? "requestPage.found" : "requestPage.nothing"),
    note ?? "",
    doneAt === null ? "" : dayAt(doneAt),
    doneBy ?? "",
  ]);
  const title = w("requestPage.title");
  const body = `<header>
<h1>${safe(title)}</h1>
<dl class="facts">${facts.map(([term, value]) => `<dt>${safe(term)}</dt><dd>${safe(value)}</dd>`).join("")}</dl>
</header>
<main>
${section(w("requestPage.steps"), table(columns("step", "when", "who"), steps))}
${tasks.length === 0 ? "" : section(w("requestPage.tasks"), table(columns("where", "found", "value", "when", "who"), tasks))}
<p>${safe(w("requestPage.counting"))}</p>
</main>`;
  return page({ title, lang: language, body });
}

const section = (heading: string, inner: string) => `<section><h2>${safe(heading)}</h2>\n${inner}</section>`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${safe(column)}</th>`).join("");
  const cell = (text: string) => `<td>${safe(text).replaceAll("\n", "<br/>")}</td>`;
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("")}</tbody></table>`;
}
