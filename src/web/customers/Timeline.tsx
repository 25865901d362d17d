import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { type Customer, listOrders } from "../../registers/customers/contract.ts";
import { listInvoices } from "../../registers/invoices/contract.ts";
import { readPermissions } from "../../registers/permissions/contract.ts";
import { listCertificates } from "../../rights/certificates/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useActorName } from "../session/actorName.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { channelWords } from "./channelWords.ts";
import { categoryOf } from "./draft.ts";
import { type Entry, timelineOf } from "./timeline.ts";

const FIRST = 10;

/** Everything that has happened with the customer and is ahead, over all registers that the person may see. */
export function Timeline({ customer }: { customer: Customer }) {
  const { t, day } = useWords();
  const may = useMay();
  const { labels } = useLabels();
  const { id, kind } = customer;
  const trades = kind !== "contactPerson";
  const orders = may(`read customers ${categoryOf(labels, "orders")}`);
  const ofCustomer = { query: { customerId: id } };
  const seen = {
    customer,
    orders: useAsk(listOrders, ofCustomer, { enabled: trades && orders }).data?.items,
    invoices: useAsk(listInvoices, ofCustomer, { enabled: trades && may("read invoices") }).data?.items,
    permissions: useAsk(readPermissions, { params: { id } }).data,
    certificates: useAsk(listCertificates, { query: { subject: id } }, { enabled: may("keeps retention read") }).data
      ?.items,
  };
  const [all, setAll] = useState(false);
  const entries = timelineOf(seen, dayInHelsinki(new Date()));
  const ahead = entries.filter((entry) => entry.ahead);
  const past = entries.filter((entry) => !entry.ahead);
  const shown = all ? past : past.slice(0, FIRST);
  const list = (label: string, of: readonly Entry[]) => (
    <ol className="timeline" aria-label={label}>
      {of.map((entry) => (
        <li key={entry.key} data-ahead={entry.ahead || undefined}>
          <time dateTime={entry.day} className="num">
            {day(entry.day)}
          </time>
          <span>
            <Told entry={entry} />
          </span>
        </li>
      ))}
    </ol>
  );
  return (
    <Section title={t("timeline.title")}>
      {ahead.length > 0 && (
        <>
          <h3 className="timeline-part">{t("timeline.ahead")}</h3>
          {list(t("timeline.ahead"), ahead)}
          <h3 className="timeline-part">{t("timeline.past")}</h3>
        </>
      )}
      {list(t("timeline.past"), shown)}
      {past.length > shown.length && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          {t("timeline.more", { count: past.length - shown.length })}
        </Button>
      )}
    </Section>
  );
}

function Told({ entry }: { entry: Entry }): ReactNode {
  const { t, money } = useWords();
  const { categories, purpose, source, hold } = useLabels();
  const actor = useActorName();
  switch (entry.kind) {
    case "values":
      return (
        <>
          {t("timeline.values", { what: categories(entry.categories, "inside") })}{" "}
          <small>
            {source(entry.source)} · {actor(entry.by, entry.byName)}
          </small>
        </>
      );
    case "keepUntil":
      return t("timeline.keepUntil", { what: categories(entry.categories, "inside") });
    case "order":
    case "delivery":
    case "warrantyEnd":
      return (
        <>
          <Link to="/orders/$id" params={{ id: entry.order }}>
            {t(`timeline.${entry.kind}`)}
          </Link>{" "}
          <small>
            {entry.lines.join(", ")} · {money(entry.cents)}
          </small>
        </>
      );
    case "invoice":
    case "invoiceDue":
    case "paid":
      return (
        <>
          <Link to="/invoices/$id" params={{ id: entry.invoice }}>
            {t(`timeline.${entry.kind}`, { number: entry.number })}
          </Link>{" "}
          <small>{money(entry.cents)}</small>
        </>
      );
    case "consent":
    case "withdrawal":
      return (
        <>
          {t(`timeline.${entry.kind}`, { purpose: purpose(entry.purpose) })}{" "}
          <small>
            {channelWords(t, entry.channels)}
            {entry.kind === "consent" && ` · ${t("permissions.givenBy", { how: source(entry.source) })}`}
          </small>
        </>
      );
    case "objection":
    case "objectionLifted":
      return t(`timeline.${entry.kind}`, { purpose: purpose(entry.purpose) });
    case "restriction":
    case "restrictionEnd":
    case "restrictionLifted":
      return t(`timeline.${entry.kind}`, { purposes: entry.purposes.map(purpose).join(", ") || "–" });
    case "hold":
    case "holdLifted":
      return t(`timeline.${entry.kind}`, { hold: hold(entry.hold) });
    case "certificate":
      return (
        <Link to="/certificates" search={{ subject: entry.subject }}>
          {t("timeline.certificate", { what: categories(entry.categories, "inside") })}
        </Link>
      );
  }
}
