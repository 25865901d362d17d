import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { IconClipboardPlus, IconLock } from "@tabler/icons-react";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ErasureGround } from "../../description/terms.ts";
import { type Customer, readCustomer } from "../../registers/customers/contract.ts";
import { insideSentence, useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Page } from "../ui/Page.tsx";
import { Section } from "../ui/Section.tsx";
import { ClosedValues } from "../why/ClosedValues.tsx";
import { WhyNot } from "../why/WhyNot.tsx";
import { useWords } from "../words/words.tsx";
import { Awaiting } from "./Awaiting.tsx";
import { Contacts } from "./Contacts.tsx";
import { Corrections } from "./Corrections.tsx";
import { CustomerInvoices } from "./CustomerInvoices.tsx";
import { CustomerOrders } from "./CustomerOrders.tsx";
import { CustomerValues } from "./CustomerValues.tsx";
import { categoryOf } from "./draft.ts";
import { LookedAt } from "./LookedAt.tsx";
import { OwnCard } from "./OwnCard.tsx";
import { Permissions } from "./Permissions.tsx";
import { Timeline } from "./Timeline.tsx";
import "./customers.css";

/** One customer: every value with where it came from, and what has been ordered and invoiced. */
export function CustomerPage() {
  const { t } = useWords();
  const { id } = useParams({ from: "/inside/customers/$id" });
  const { of } = useSearch({ from: "/inside/customers/$id" });
  const answer = useAsk(readCustomer, { params: { id } });
  const back = of
    ? { to: "/requests/case/$id", params: { id: of }, label: t("case.backToCase") }
    : { to: "/customers", label: t("customers.title") };
  if (!answer.data) {
    return (
      <Page title={t("customer.title")} back={back}>
        <Asked answer={answer} notFound={t("customer.notShown")}>
          {() => null}
        </Asked>
      </Page>
    );
  }
  return <Card customer={answer.data} back={back} />;
}

function Card({
  customer,
  back,
}: {
  customer: Customer;
  back: { to: string; params?: { id: string }; label: string };
}) {
  const { t, dayOfMoment } = useWords();
  const { labels, purpose } = useLabels();
  const may = useMay();
  const { id, kind, name, restricted } = customer;
  const order = categoryOf(labels, "orders");
  return (
    <Page
      title={name ?? t("customer.unnamed")}
      tab={t("customer.title")}
      back={back}
      lead={
        <Group gap="xs" component="span">
          <Badge variant="light" color="gray" tt="none" radius="sm" component="span">
            {t(`customer.kind.${kind}`)}
          </Badge>
          <Text span size="sm">
            {t("customer.since", { day: dayOfMoment(customer.createdAt) })} ·{" "}
            {t("customer.seenFor", { purpose: purpose(customer.purpose) })}
          </Text>
        </Group>
      }
      actions={
        customer.restricted === null &&
        may(`collect customers ${order}`) &&
        kind !== "contactPerson" && (
          <Button
            leftSection={<IconClipboardPlus size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/customers/$id/new-order" params={{ id }} />}
          >
            {t("order.new")}
          </Button>
        )
      }
    >
      {customer.awaitingAnswerSince && <Awaiting customerId={id} since={customer.awaitingAnswerSince} />}
      {restricted && <Restriction restricted={restricted} />}
      <Corrections customerId={id} />
      <Section title={t("customer.values")}>
        <CustomerValues customer={customer} />
        <ClosedValues subject={id} />
      </Section>
      {kind === "organisation" && <Contacts customer={customer} />}
      {kind !== "contactPerson" && may(`read customers ${order}`) && <CustomerOrders customerId={id} />}
      {kind !== "contactPerson" && may("read invoices") && <CustomerInvoices customerId={id} />}
      <Timeline customer={customer} />
      <Permissions customerId={id} restricted={restricted !== null} />
      <OwnCard customer={customer} />
      {(may("right access") || may("keeps audit read")) && <LookedAt customerId={id} />}
    </Page>
  );
}

/** Why: the ground of the person's request, or the retention rule's end. */
const restrictionWord = (t: ReturnType<typeof useWords>["t"], ground: string): string => {
  const asked = ErasureGround.options.find((each) => each === ground);
  return asked ? t(`ground17.${asked}`) : t("customer.restrictedByRule");
};

function Restriction({ restricted }: { restricted: NonNullable<Customer["restricted"]> }) {
  const { t, day } = useWords();
  const { purpose } = useLabels();
  const { until, purposes, ground } = restricted;
  return (
    <Alert color="amber" icon={<IconLock size={20} aria-hidden />} title={t("customer.restricted")} mb="xl">
      <Text size="sm">
        {t("customer.restrictedText", { purposes: purposes.map(purpose).join(", ") })}{" "}
        {until && t("customer.restrictedUntil", { day: day(until) })}
      </Text>
      <Group gap={4} mt={4}>
        <Text size="sm" c="dimmed">
          {t("customer.restrictedWhy", { why: insideSentence(restrictionWord(t, ground)) })}
        </Text>
        <WhyNot act="read customers" about={t("customer.restricted")} unless="notRestricted" />
      </Group>
    </Alert>
  );
}
