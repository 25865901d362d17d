import { Alert, Anchor, SimpleGrid } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Invoice, printInvoice, readInvoice } from "../../registers/invoices/contract.ts";
import type { Language } from "../../values/Language.ts";
import { formatPostalAddress } from "../../values/PostalAddress.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Page } from "../ui/Page.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { InvoiceRows } from "./InvoiceRows.tsx";
import { InvoiceState } from "./InvoiceState.tsx";
import { MarkPaid } from "./MarkPaid.tsx";
import { MissingFacts } from "./MissingFacts.tsx";

const route = getRouteApi("/inside/invoices/$id");

/** One invoice as it was issued: nothing in it changes afterwards but the day it was paid. */
export function InvoicePage() {
  const { t } = useWords();
  const { id } = route.useParams();
  const answer = useAsk(readInvoice, { params: { id } });
  const may = useMay();
  const invoice = answer.data;
  const actions = invoice && (
    <>
      <PrintLink path={printInvoice.path} params={{ id }} />
      {invoice.paidOn === null && may("change invoices") && <MarkPaid invoice={invoice} />}
    </>
  );
  return (
    <Page
      title={invoice ? t("invoice.title", { number: invoice.number }) : t("invoice.one")}
      tab={t("invoice.one")}
      lead={t("invoice.lead")}
      back={{ to: "/invoices", label: t("invoices.title") }}
      actions={actions}
    >
      <Asked answer={answer}>{(each) => <Issued invoice={each} />}</Asked>
    </Page>
  );
}

function Issued({ invoice }: { invoice: Invoice }) {
  const { t } = useWords();
  return (
    <>
      {invoice.missing.length > 0 && (
        <Alert
          color="amber"
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={t("invoice.notToBeSent")}
          mb="xl"
        >
          <MissingFacts items={invoice.missing} but="invoice.asMade" />
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing={{ base: 0, md: 40 }}>
        <Section title={t("invoice.facts")}>
          <Days invoice={invoice} />
        </Section>
        <Section title={t("invoice.parties")}>
          <Parties invoice={invoice} />
        </Section>
      </SimpleGrid>
      <InvoiceRows invoice={invoice} />
    </>
  );
}

function Days({ invoice }: { invoice: Invoice }) {
  const { t, day } = useWords();
  const may = useMay();
  const { keepUntil, orderId } = invoice;
  return (
    <Facts
      facts={[
        { term: t("invoice.state"), value: <InvoiceState invoice={invoice} /> },
        { term: t("invoice.issued"), value: day(invoice.issuedOn) },
        { term: t("invoice.deliveredOn"), value: day(invoice.deliveredOn) },
        { term: t("invoice.due"), value: day(invoice.dueOn) },
        { term: t("invoice.reference"), value: <span className="num">{invoice.referenceShown}</span> },
        {
          term: t("invoice.keepUntil"),
          value: keepUntil ? t("invoice.keepUntilDay", { day: day(keepUntil) }) : t("origin.untilEvent"),
        },
        ...(may("read customers")
          ? [
              {
                term: t("invoice.order"),
                value: (
                  <Anchor inherit renderRoot={(props) => <Link {...props} to="/orders/$id" params={{ id: orderId }} />}>
                    {t("invoice.toOrder")}
                  </Anchor>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

type Address = { [part in "street" | "postalCode" | "town" | "country"]?: string | null | undefined };
/** As on the customer's card and on the printed invoice. */
const linesOf = ({ street, postalCode, town, country }: Address, language: Language): string =>
  formatPostalAddress(
    { street: street ?? "", postalCode: postalCode ?? "", town: town ?? "", country: country ?? "FI" },
    language,
  )
    .filter(Boolean)
    .join(", ");

function Parties({ invoice: { buyer, seller, customerId } }: { invoice: Invoice }) {
  const { t, language } = useWords();
  const may = useMay();
  const none = t("invoice.unknown");
  const name =
    buyer && may("read customers") ? (
      <Anchor inherit renderRoot={(props) => <Link {...props} to="/customers/$id" params={{ id: customerId }} />}>
        {buyer.name}
      </Anchor>
    ) : (
      (buyer?.name ?? t("invoice.hidden"))
    );
  const address = buyer && linesOf(buyer, language);
  return (
    <Facts
      facts={[
        { term: t("invoice.buyer"), value: name },
        ...(address ? [{ term: t("invoice.billedAt"), value: address }] : []),
        ...(buyer?.businessId ? [{ term: t("invoice.buyerBusinessId"), value: buyer.businessId }] : []),
        { term: t("invoice.seller"), value: seller.name },
        { term: t("invoice.sellerBusinessId"), value: seller.businessId ?? none },
        { term: t("invoice.sellerAddress"), value: linesOf(seller, language) || none },
        { term: t("invoice.iban"), value: seller.iban ? inFours(seller.iban) : none },
      ]}
    />
  );
}

const inFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, "$1 ");
