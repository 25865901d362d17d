// What the notice and the record say alike: recipients, and how long each thing is kept.

import { keptFor, otherwiseOf } from "./dataflow/ending.ts";
import { requestsKept } from "./dataflow/requests.ts";
import { end } from "./dataflow/use.ts";
import type { Statement, Table } from "./model.ts";
import { paragraph, sentence } from "./say.ts";
import { entriesOf, type Scribe } from "./scribe.ts";

/** GDPR Art. 13(1)(e), 30(1)(d): processors, and every flow that leaves the controller. */
export function recipients(s: Scribe): Statement[] {
  const { w, text, known, labels, labelOf, description } = s;
  const processors = entriesOf(description.processors, "processors").map(({ place, value }) =>
    s.state({
      place,
      term: text(value.label),
      text: paragraph(
        text(value.scope),
        w("processors.name", { name: known(value.name) }),
        value.location && w("processors.location", { location: s.place(value.location) }),
        ...value.subProcessors.map((sub) =>
          w("processors.sub", {
            name: sub.name,
            scope: s.inside(text(sub.scope)).replace(/\.$/, ""),
            location: s.place(sub.location),
          }),
        ),
      ),
      unknown: [
        s.missing(value.name, `${place}.name`, "name", text(value.label)),
        s.missing(value.location, `${place}.location`, "location", text(value.label)),
      ],
    }),
  );
  const leaving = entriesOf(description.flows, "flows").filter(
    ({ value }) => "processor" in value.to || "recipient" in value.to,
  );
  const flows = leaving.map(({ place, value }) =>
    s.state({
      place,
      term: text(value.label),
      text: paragraph(
        w("recipients.flow", { to: end(s, value.to), categories: labels(description.categories, value.categories) }),
        w("how.purpose", { purpose: labelOf(description.purposes, value.purpose) }),
        w("recipients.channel", { channel: w("channel.name", { channel: value.channel }) }),
      ),
    }),
  );
  return [
    s.state({ place: "processors", text: w("recipients.lead", { count: processors.length + flows.length }) }),
    ...processors,
    ...flows,
  ];
}

/** GDPR Art. 13(2)(a), 30(1)(f). */
export function retentionTable(s: Scribe): Table {
  const { w, text, labels, description } = s;
  return {
    caption: w("table.retention"),
    columns: [w("table.register"), w("table.data"), w("table.kept"), w("table.ground")],
    rows: [
      ...entriesOf(description.retention, "retention").map(({ place, value }) => ({
        place,
        cells: [
          text(description.registers[value.register]?.label ?? value.register),
          sentence(labels(description.categories, value.categories)).replace(/\.$/, ""),
          paragraph(
            keptFor(s, value.from, value.period),
            otherwiseOf(s, value),
            w("retention.atEnd", { atEnd: value.atEnd, count: value.categories.length }),
          ),
          sentence(text(value.ground)),
        ],
      })),
      ...requestsKept(s),
    ],
  };
}
