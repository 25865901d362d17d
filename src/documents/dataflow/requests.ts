// How people's requests are answered in time, and what is kept of them (GDPR Art. 12(3), 5(2)).
import { UNKNOWN } from "../../description/terms.ts";
import { CONTROLS } from "../kept.ts";
import type { Statement, Table } from "../model.ts";
import { paragraph, sentence } from "../say.ts";
import type { Scribe } from "../scribe.ts";
import { basisOf } from "./origin.ts";

const ASKED = ["access", "rectification", "erasure", "restriction", "portability", "objection"] as const;

/** The promise of an answer in time, with its proof; then what is kept of a request, where the description says so. */
export function requests(s: Scribe): Statement[] {
  const { w, text, description } = s;
  const deadline = ASKED.flatMap((right) => description.rights[right]?.deadline ?? [])[0];
  const answered = Object.values(description.roles).some((role) => role.rights.length > 0);
  const inTime =
    deadline === undefined
      ? []
      : [
          s.state({
            place: "rights",
            aspect: "inTime",
            text: w("rights.inTime", { period: s.period(deadline, "within") }),
            kept: answered ? CONTROLS.rightsInTime : "declared",
          }),
        ];
  const of = description.requests;
  if (of === undefined) return inTime;
  return [
    ...inTime,
    s.state({
      place: "requests",
      term: text(of.label),
      text: paragraph(text(of.why), basisOf(s, of), w("requests.data"), whereOf(s, of.system)),
      kept: "declared",
      added: of.added,
    }),
    s.state({
      place: "requests.kept",
      level: 2,
      text: paragraph(endOf(s), w("requests.person"), w("ground", { ground: s.inside(text(of.kept.ground)) })),
      kept: "declared",
      unknown: [s.missing(of.kept.period, "requests.kept.period", "period", text(of.label))],
    }),
  ];
}

const whereOf = (s: Scribe, system: string): string =>
  s.w("requests.where", { system: s.labelOf(s.description.systems, system) });

function endOf({ w, period, description }: Scribe): string {
  const of = description.requests;
  if (of === undefined || of.kept.period === UNKNOWN) return w("requests.ends.unknown");
  return w("requests.ends", { period: period(of.kept.period) });
}

/** The row of the table of periods (GDPR Art. 13(2)(a), 30(1)(f)); none where the description does not say. */
export function requestsKept(s: Scribe): Table["rows"] {
  const { w, text, description } = s;
  const of = description.requests;
  if (of === undefined) return [];
  return [
    {
      place: "requests.kept",
      cells: [
        text(of.label),
        sentence(w("requests.data")).replace(/\.$/, ""),
        sentence(endOf(s)),
        sentence(text(of.kept.ground)),
      ],
    },
  ];
}
