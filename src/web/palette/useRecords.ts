import { IconBuilding, IconClipboardText, IconReceipt, IconUser } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { listOrders, searchCustomers } from "../../registers/customers/contract.ts";
import { listInvoices } from "../../registers/invoices/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import type { Found } from "./useFindings.ts";

const MOST = 6;

/**
 * Customers by what the customers' page finds, invoices by their number, and orders by whose they are: those of the first customer found, and of the
 * invoices. The text travels in a body; of an invoice's number only digits go to the address.
 */
export function useRecords(search: string): Found {
  const { t, money, dayOfMoment } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const digits = /^\d{1,10}$/.test(search);
  const asksCustomers = may("read customers") && search.length >= 2;
  const asksInvoices = may("read invoices") && digits;
  const customers = useAsk(
    searchCustomers,
    { body: { search, limit: MOST } },
    { enabled: asksCustomers, keepPrevious: true },
  );
  const invoices = useAsk(
    listInvoices,
    { query: { number: search, limit: MOST } },
    { enabled: asksInvoices, keepPrevious: true },
  );
  const people = asksCustomers ? (customers.data?.items ?? []) : [];
  const numbered = asksInvoices ? (invoices.data?.items ?? []) : [];
  const first = customers.isPlaceholderData ? undefined : people[0];
  const orders = useAsk(
    listOrders,
    { query: { customerId: first?.id, limit: 3 } },
    { enabled: first !== undefined && first.kind !== "contactPerson" },
  );
  const ordersOf = first ? (orders.data?.items ?? []) : [];
  const customerGroup = {
    title: t("nav.customers"),
    findings: people.map(({ id, kind, name, town, email, phone }) => ({
      key: id,
      icon: kind === "organisation" ? IconBuilding : IconUser,
      label: name ?? t("customer.unnamed"),
      note: town ?? email ?? phone,
      open: () => void navigate({ to: "/customers/$id", params: { id } }),
    })),
  };
  const orderGroup = {
    title: t("palette.ordersOf", { name: first?.name ?? t("customer.unnamed") }),
    findings: ordersOf.map(({ id, lines, totalCents, createdAt }) => ({
      key: id,
      icon: IconClipboardText,
      label: lines.map(({ description }) => description).join(", ") || t("order.title"),
      note: `${dayOfMoment(createdAt)} · ${money(totalCents)}`,
      open: () => void navigate({ to: "/orders/$id", params: { id } }),
    })),
  };
  const invoiceGroup = {
    title: t("nav.invoices"),
    findings: numbered.map(({ id, number, buyerName, totalCents }) => ({
      key: id,
      icon: IconReceipt,
      label: number,
      note: [buyerName, money(totalCents)].filter(Boolean).join(" · "),
      open: () => void navigate({ to: "/invoices/$id", params: { id } }),
    })),
  };
  const invoicedGroup = {
    title: t("palette.invoiced"),
    findings: (may("read customers") ? numbered : []).map(({ orderId, number, buyerName }) => ({
      key: orderId,
      icon: IconClipboardText,
      label: t("palette.orderOf", { number }),
      note: buyerName,
      open: () => void navigate({ to: "/orders/$id", params: { id: orderId } }),
    })),
  };
  const asked = [asksCustomers && customers, asksInvoices && invoices].filter((each) => each !== false);
  return {
    groups: [invoiceGroup, customerGroup, orderGroup, invoicedGroup],
    coming: asked.some(({ isPending, isPlaceholderData, error }) => !error && (isPending || isPlaceholderData)),
    problem: asked.map(({ error }) => error).find((error) => error !== null) ?? null,
  };
}
