import { Checkbox, Text } from "@mantine/core";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { invoiceOrder, previewInvoice } from "../../flows/contract.ts";
import type { Order } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { usePurpose } from "../session/purpose.ts";
import { BulkDialog } from "../ui/BulkDialog.tsx";
import type { Foretold } from "../ui/bulk.ts";
import { useMissingWords } from "../words/missing.ts";
import { useSums } from "../words/sums.ts";
import { useWords } from "../words/words.tsx";

type Row = Order & { customerName?: string | undefined };

/** Takes many deliveries to invoicing: each is looked at first as the page of one order does, and goes by itself. */
export function BulkInvoice({ orders, onClose }: { orders: readonly Row[]; onClose: () => void }) {
  const { t, money, language, day } = useWords();
  const { categories } = useLabels();
  const purpose = usePurpose();
  const { ordered } = useSums();
  const listed = useMissingWords();
  // Those that would not be whole are left out until somebody says otherwise: what is moved stays as it was made.
  const [someLack, setSomeLack] = useState(false);
  const [also, setAlso] = useState(false);
  const look = async (id: string): Promise<Foretold> => {
    const found = await call(previewInvoice, { params: { id }, query: { language } }, { purpose });
    if (found.invoiceId) return { will: false, text: t("bulk.invoicedAlready") };
    // Somebody has to judge whether the customer holds the lost one: not in a heap.
    if (found.uncertain) return { will: false, text: t("bulk.invoiceUncertain", { number: found.uncertain.number }) };
    const moves = [...new Set(found.moves.map(({ category }) => category))];
    const lacking = found.missing.length > 0 && t("bulk.lacking", { what: listed(found.missing) });
    if (lacking) setSomeLack(true);
    if (lacking && !also) return { will: false, text: `${lacking} ${t("flow.completeFirst")}` };
    const moved = t("bulk.moves", { what: categories(moves, "inside"), total: money(found.totalCents) });
    return { will: true, text: lacking ? `${moved} ${lacking}` : moved };
  };
  const act = async (id: string, once: string): Promise<string> => {
    const { number } = await call(invoiceOrder, { params: { id } }, { purpose, idempotencyKey: once });
    return t("bulk.invoiceMade", { number });
  };
  return (
    <BulkDialog
      title={t("bulk.toInvoicing")}
      confirm={t("flow.move")}
      onClose={onClose}
      rows={orders.map(({ id, customerName, deliveredOn, ...order }) => ({
        key: id,
        what: `${customerName ?? t("customer.unnamed")}${deliveredOn ? ` · ${day(deliveredOn)}` : ""}`,
        amount: ordered(order),
      }))}
      look={look}
      act={act}
      about={also ? "incomplete" : ""}
    >
      <Text size="sm">{t("bulk.eachByItself")}</Text>
      {someLack && (
        <Checkbox
          label={t("bulk.alsoIncomplete")}
          checked={also}
          onChange={(event) => setAlso(event.currentTarget.checked)}
        />
      )}
    </BulkDialog>
  );
}
